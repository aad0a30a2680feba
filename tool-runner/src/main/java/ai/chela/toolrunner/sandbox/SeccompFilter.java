package ai.chela.toolrunner.sandbox;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the filter of system calls as a classic BPF program, in the form that {@code bwrap --seccomp} reads: {@code
 * struct sock_filter} after {@code struct sock_filter}, in native byte order.
 *
 * <p>Calls that reach parts of the kernel which no command needs end with EPERM. Calls that the filter cannot judge
 * (clone3, a second ABI, numbers newer than this table) end with ENOSYS, on which libraries fall back to older ones.
 */
final class SeccompFilter {
    /** Opcodes of {@code linux/bpf_common.h}. */
    private static final int LOAD = 0x20;

    private static final int AND = 0x54;
    private static final int JUMP_EQUAL = 0x15;
    private static final int JUMP_GREATER_OR_EQUAL = 0x35;
    private static final int JUMP_ANY_BIT = 0x45;
    private static final int RETURN = 0x06;

    /** Offsets in {@code struct seccomp_data}; arguments are 64 bits wide, their low half first on both machines. */
    private static final int NUMBER = 0;

    private static final int ARCHITECTURE = 4;
    private static final int FIRST_ARGUMENT = 16;
    private static final int ARGUMENT_SIZE = 8;

    /** {@code SECCOMP_RET_*} of {@code linux/seccomp.h}, with {@code EPERM}, {@code ENOSYS}, {@code EAFNOSUPPORT}. */
    static final int ALLOW = 0x7FFF0000;

    static final int KILL = 0x80000000;
    static final int EPERM = 0x00050000 | 1;
    static final int ENOSYS = 0x00050000 | 38;
    static final int EAFNOSUPPORT = 0x00050000 | 97;

    /** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET of {@code linux/sched.h}. */
    private static final int CLONE_NEW = 0x7E020000;

    private static final int AF_UNIX = 1;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int AF_NETLINK = 16;
    private static final int NETLINK_ROUTE = 0;
    private static final int SOCK_TYPE_MASK = 0xF;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int TIOCSTI = 0x5412;
    private static final int TIOCLINUX = 0x541C;

    private final List<Instruction> program = new ArrayList<>();

    private record Instruction(int code, int ifTrue, int ifFalse, int operand) {}

    private SeccompFilter() {}

    /** The program for one architecture. */
    static byte[] program(SystemCalls calls) {
        SeccompFilter filter = new SeccompFilter();
        filter.architecture(calls);
        filter.numbers(calls);
        filter.cloneFlags(calls.cloneCall());
        filter.sockets(calls.socket());
        filter.socketPairs(calls.socketpair());
        filter.terminals(calls.ioctl());
        filter.end(ALLOW);
        return filter.bytes();
    }

    private void architecture(SystemCalls calls) {
        load(ARCHITECTURE);
        skipIfEqual(calls.auditArch(), 1);
        end(KILL);
        load(NUMBER);
        endIfAtLeast(calls.foreign(), ENOSYS);
        endIfAtLeast(SystemCalls.NEWEST + 1, ENOSYS);
    }

    private void numbers(SystemCalls calls) {
        endIfEqual(SystemCalls.CLONE3, ENOSYS);
        for (int number : calls.denied()) endIfEqual(number, EPERM);
    }

    private void cloneFlags(int clone) {
        skipUnlessEqual(clone, 4);
        loadArgument(0);
        add(JUMP_ANY_BIT, 0, 1, CLONE_NEW);
        end(EPERM);
        end(ALLOW);
    }

    /** UNIX freely, INET and INET6 as stream or datagram (no raw ones), NETLINK for routes only, nothing else. */
    private void sockets(int socket) {
        skipUnlessEqual(socket, 17);
        loadArgument(0);
        endIfEqual(AF_UNIX, ALLOW);
        add(JUMP_EQUAL, 6, 0, AF_INET);
        add(JUMP_EQUAL, 5, 0, AF_INET6);
        add(JUMP_EQUAL, 0, 3, AF_NETLINK);
        loadArgument(2);
        endIfEqual(NETLINK_ROUTE, ALLOW);
        end(EAFNOSUPPORT);
        loadArgument(1);
        add(AND, 0, 0, SOCK_TYPE_MASK);
        endIfEqual(SOCK_STREAM, ALLOW);
        endIfEqual(SOCK_DGRAM, ALLOW);
        end(EAFNOSUPPORT);
    }

    private void socketPairs(int socketpair) {
        skipUnlessEqual(socketpair, 4);
        loadArgument(0);
        endIfEqual(AF_UNIX, ALLOW);
        end(EAFNOSUPPORT);
    }

    private void terminals(int ioctl) {
        skipUnlessEqual(ioctl, 5);
        loadArgument(1);
        endIfEqual(TIOCSTI, EPERM);
        endIfEqual(TIOCLINUX, EPERM);
    }

    private void load(int offset) {
        add(LOAD, 0, 0, offset);
    }

    private void loadArgument(int index) {
        load(FIRST_ARGUMENT + ARGUMENT_SIZE * index);
    }

    private void endIfEqual(int value, int verdict) {
        add(JUMP_EQUAL, 0, 1, value);
        end(verdict);
    }

    private void endIfAtLeast(int value, int verdict) {
        add(JUMP_GREATER_OR_EQUAL, 0, 1, value);
        end(verdict);
    }

    private void skipIfEqual(int value, int instructions) {
        add(JUMP_EQUAL, instructions, 0, value);
    }

    private void skipUnlessEqual(int value, int instructions) {
        add(JUMP_EQUAL, 0, instructions, value);
    }

    private void end(int verdict) {
        add(RETURN, 0, 0, verdict);
    }

    private void add(int code, int ifTrue, int ifFalse, int operand) {
        program.add(new Instruction(code, ifTrue, ifFalse, operand));
    }

    private byte[] bytes() {
        ByteBuffer buffer = ByteBuffer.allocate(program.size() * 8).order(ByteOrder.nativeOrder());
        for (Instruction each : program)
            buffer.putShort((short) each.code)
                    .put((byte) each.ifTrue)
                    .put((byte) each.ifFalse)
                    .putInt(each.operand);
        return buffer.array();
    }
}
