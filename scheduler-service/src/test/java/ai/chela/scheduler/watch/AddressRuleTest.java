package ai.chela.scheduler.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import ai.chela.scheduler.watch.OwnListeners.Listener;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRuleTest {
    private static final OwnListeners OWN = new OwnListeners(
            List.of(
                    new Listener("127.0.0.1", 8620, List.of(ip("127.0.0.1"))),
                    new Listener("gateway", 8080, List.of(ip("10.1.2.3")))),
            Set.of(ip("192.168.7.7"), ip("fd00::7")));

    @ParameterizedTest
    @CsvSource({
        "8.8.8.8, PUBLIC",
        "2606:4700::1111, PUBLIC",
        "127.0.0.1, LOOPBACK",
        "127.8.9.10, LOOPBACK",
        "::1, LOOPBACK",
        "::ffff:127.0.0.1, LOOPBACK",
        "64:ff9b::7f00:1, LOOPBACK",
        "2002:7f00:1::, LOOPBACK",
        "0.0.0.0, UNSPECIFIED",
        "::, UNSPECIFIED",
        "10.0.0.1, PRIVATE",
        "172.16.0.1, PRIVATE",
        "172.31.255.255, PRIVATE",
        "172.32.0.1, PUBLIC",
        "192.168.1.1, PRIVATE",
        "fd12::1, PRIVATE",
        "64:ff9b::a00:1, PRIVATE",
        "169.254.169.254, LINK_LOCAL",
        "fe80::1, LINK_LOCAL",
        "100.64.0.1, SHARED",
        "100.128.0.1, PUBLIC",
        "198.18.0.1, RESERVED",
        "255.255.255.255, RESERVED",
        "2001:db8::1, RESERVED",
        "224.0.0.1, MULTICAST",
        "ff02::1, MULTICAST",
    })
    void an_address_is_of_its_kind(String address, AddressKind kind) {
        assertEquals(kind, AddressKind.of(ip(address)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.0.0.2",
                "127.255.255.254",
                "::1",
                "::ffff:127.0.0.1",
                "0.0.0.0",
                "::",
                "192.168.7.7",
                "fd00::7",
                "64:ff9b::7f00:1"
            })
    void a_listener_on_this_machine_is_found_by_whatever_address(String address) {
        assertInstanceOf(AddressRule.OwnService.class, judge("x", 8620, address));
    }

    @Test
    void another_port_of_this_machine_needs_an_approval() {
        assertInstanceOf(AddressRule.NeedsApproval.class, judge("x", 9000, "127.0.0.1"));
    }

    @Test
    void a_listener_elsewhere_is_found_by_its_address_and_by_its_name() {
        assertInstanceOf(AddressRule.OwnService.class, judge("other", 8080, "10.1.2.3"));
        assertInstanceOf(AddressRule.OwnService.class, judge("Gateway", 8080, "10.9.9.9"));
        assertInstanceOf(AddressRule.NeedsApproval.class, judge("other", 8080, "10.9.9.9"));
    }

    @Test
    void the_worst_of_several_addresses_decides() {
        assertInstanceOf(AddressRule.NeedsApproval.class, judge("x", 443, "8.8.8.8", "10.0.0.1"));
        assertInstanceOf(AddressRule.OwnService.class, judge("x", 8620, "8.8.8.8", "127.0.0.1"));
    }

    @Test
    void a_public_address_is_open() {
        assertEquals(new AddressRule.Open(ip("8.8.8.8")), judge("x", 443, "8.8.8.8"));
    }

    private static AddressRule judge(String host, int port, String... addresses) {
        return AddressRule.judge(
                host, List.of(addresses).stream().map(AddressRuleTest::ip).toList(), port, OWN);
    }

    private static InetAddress ip(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
