package ai.chela.toolrunner.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads the program as the kernel does, so that the table of the other architecture is held, too. */
class SeccompFilterTest {

    @ParameterizedTest
    @ValueSource(strings = {"amd64", "aarch64"})
    void denied_calls_are_denied_and_no_others(String architecture) {
        SystemCalls calls = SystemCalls.of(architecture).orElseThrow();
        for (int number = 0; number <= SystemCalls.NEWEST; number++) {
            int each = number;
            boolean denied = IntStream.of(calls.denied()).anyMatch(d -> d == each);
            if (number == SystemCalls.CLONE3) assertEquals(SeccompFilter.ENOSYS, verdict(calls, number));
            else if (denied) assertEquals(SeccompFilter.EPERM, verdict(calls, number), "call " + number);
            else if (number != calls.socket() && number != calls.socketpair())
                assertEquals(SeccompFilter.ALLOW, verdict(calls, number), "call " + number);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"amd64", "aarch64"})
    void sockets_are_those_that_programs_need(String architecture) {
        SystemCalls calls = SystemCalls.of(architecture).orElseThrow();
        int cloexec = 0x80000;
        assertEquals(SeccompFilter.ALLOW, verdict(calls, calls.socket(), 1, 1, 0));
        assertEquals(SeccompFilter.ALLOW, verdict(calls, calls.socket(), 2, 1 | cloexec, 6));
        assertEquals(SeccompFilter.ALLOW, verdict(calls, calls.socket(), 10, 2 | cloexec, 17));
        assertEquals(SeccompFilter.ALLOW, verdict(calls, calls.socket(), 16, 3, 0));
        assertEquals(SeccompFilter.EAFNOSUPPORT, verdict(calls, calls.socket(), 2, 3, 1));
        assertEquals(SeccompFilter.EAFNOSUPPORT, verdict(calls, calls.socket(), 16, 3, 12));
        for (int family : new int[] {0, 3, 15, 17, 29, 38, 40, 44})
            assertEquals(SeccompFilter.EAFNOSUPPORT, verdict(calls, calls.socket(), family, 1, 0));
        assertEquals(SeccompFilter.ALLOW, verdict(calls, calls.socketpair(), 1, 1, 0));
        assertEquals(SeccompFilter.EAFNOSUPPORT, verdict(calls, calls.socketpair(), 30, 1, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"amd64", "aarch64"})
    void new_namespaces_and_foreign_calls_are_none(String architecture) {
        SystemCalls calls = SystemCalls.of(architecture).orElseThrow();
        assertEquals(SeccompFilter.ALLOW, verdict(calls, calls.cloneCall(), 17, 0, 0));
        assertEquals(SeccompFilter.ALLOW, verdict(calls, calls.cloneCall(), 0x3D0F00, 0, 0));
        assertEquals(SeccompFilter.EPERM, verdict(calls, calls.cloneCall(), 0x10000011, 0, 0));
        assertEquals(SeccompFilter.ENOSYS, verdict(calls, SystemCalls.NEWEST + 1));
        assertEquals(SeccompFilter.EPERM, verdict(calls, calls.ioctl(), 0, 0x5412, 0));
        assertEquals(SeccompFilter.ALLOW, verdict(calls, calls.ioctl(), 0, 0x5413, 0));
        assertEquals(SeccompFilter.KILL, run(SeccompFilter.program(calls), 0, 0x40000003, 0, 0, 0));
    }

    private static int verdict(SystemCalls calls, int number, int... arguments) {
        int[] three = java.util.Arrays.copyOf(arguments, 3);
        return run(SeccompFilter.program(calls), number, calls.auditArch(), three[0], three[1], three[2]);
    }

    private static int run(byte[] bytes, int number, int architecture, int a, int b, int c) {
        ByteBuffer program = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        int accumulator = 0;
        int at = 0;
        while (true) {
            assertTrue(at * 8 < bytes.length, "the program runs over its end");
            int code = program.getShort(at * 8);
            int yes = program.get(at * 8 + 2) & 0xFF;
            int no = program.get(at * 8 + 3) & 0xFF;
            int operand = program.getInt(at * 8 + 4);
            at++;
            switch (code) {
                case 0x20 -> accumulator = data(operand, number, architecture, a, b, c);
                case 0x54 -> accumulator &= operand;
                case 0x15 -> at += accumulator == operand ? yes : no;
                case 0x35 -> at += Integer.compareUnsigned(accumulator, operand) >= 0 ? yes : no;
                case 0x45 -> at += (accumulator & operand) != 0 ? yes : no;
                case 0x06 -> {
                    return operand;
                }
                default -> throw new IllegalStateException("unknown opcode " + code);
            }
        }
    }

    private static int data(int offset, int number, int architecture, int a, int b, int c) {
        return switch (offset) {
            case 0 -> number;
            case 4 -> architecture;
            case 16 -> a;
            case 24 -> b;
            case 32 -> c;
            default -> throw new IllegalStateException("unread offset " + offset);
        };
    }
}
