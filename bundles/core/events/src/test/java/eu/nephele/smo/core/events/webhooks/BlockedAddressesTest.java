// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BlockedAddressesTest {

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "127.0.0.1, loopback",
        "127.8.9.1, loopback",
        "::1, loopback",
        "::ffff:127.0.0.1, loopback",
        "::127.0.0.1, loopback",
        "64:ff9b::7f00:1, loopback",
        "2002:7f00:1::, loopback",
        "2002:a9fe:a9fe::1, link-local",
        "169.254.169.254, link-local",
        "::ffff:169.254.169.254, link-local",
        "fe80::1, link-local",
        // other forms of the same, and metadata services of other clouds
        "64:ff9b:1::7f00:1, loopback",
        "2001:0:7f00:1::1, loopback",
        "2001:0:808:808:0:0:80ff:fffe, loopback",
        "2a00::5efe:7f00:1, loopback",
        "2a00::200:5efe:a9fe:a9fe, link-local",
        "fd00::1, unique-local",
        "fc00::1, unique-local",
        "fd00:ec2::254, unique-local",
        "fec0::1, unique-local",
        "100.100.100.200, metadata",
        "192.0.0.192, metadata",
        "168.63.129.16, metadata",
        "64:ff9b::6464:64c8, metadata",
        "100.64.0.1, carrier-grade NAT",
        "100.127.255.255, carrier-grade NAT",
        "0.0.0.0, unspecified",
        "::, unspecified",
        "0.1.2.3, reserved",
        "224.0.0.1, multicast",
        "ff02::1, multicast",
        "255.255.255.255, reserved",
        "240.0.0.1, reserved"
    })
    void whatMeansThisMachineOrItsLinkIsRefused(String address, String reason) throws UnknownHostException {
        assertThat(BlockedAddresses.refusal(InetAddress.getByName(address))).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.1.2.3",
                "192.168.1.1",
                "172.16.0.9",
                "100.63.0.1",
                "100.128.0.1",
                "8.8.8.8",
                "2a00::1",
                "2001:0:808:808:0:0:f7f7:f7f7",
                "2001:db8::1",
                "64:ff9b::a00:1"
            })
    void privateAndPublicOnesAreAllowed(String address) throws UnknownHostException {
        assertThat(BlockedAddresses.refusal(InetAddress.getByName(address))).isEmpty();
    }

    @ParameterizedTest(name = "{0} allows {1}: {2}")
    @CsvSource({
        "127.0.0.0/8, 127.200.0.1, true",
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, 127.0.0.2, false",
        "169.254.0.0/20, 169.254.15.255, true",
        "169.254.0.0/20, 169.254.16.0, false",
        "0.0.0.0/0, 127.0.0.1, true",
        "0.0.0.0/0, ::1, false",
        "::1, ::1, true",
        "fe80::/10, febf::1, true",
        "fe80::/10, fec0::1, false",
        "localhost, 127.0.0.1, false"
    })
    void networksAreComparedBitByBit(String entry, String address, boolean expected) throws UnknownHostException {
        assertThat(AllowedTargets.parse(List.of(entry)).allows(InetAddress.getByName(address)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33",
                "10.0.0/8",
                "300.1.1.1",
                "::/129",
                "10.0.0.0/-1",
                "10.0.0.0/x",
                "a b",
                "http://x",
                "*"
            })
    void whatIsNoTargetIsRefused(String entry) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AllowedTargets.parse(List.of(entry)))
                .withMessageContaining(entry);
    }

    private static TargetResolver targets(List<String> allowed, String... addresses) {
        return new TargetResolver(AllowedTargets.parse(allowed), host -> {
            InetAddress[] resolved = new InetAddress[addresses.length];
            for (int i = 0; i < addresses.length; i++) {
                resolved[i] = InetAddress.getByName(addresses[i]);
            }
            return resolved;
        });
    }

    @Test
    void oneForbiddenAddressAmongSeveralIsEnough() throws UnknownHostException {
        URI url = URI.create("https://hooks.example.org/x");
        assertThat(targets(List.of(), "93.184.216.34", "127.0.0.1").refusal(url))
                .hasValueSatisfying(reason ->
                        assertThat(reason).contains("hooks.example.org", "loopback", "127.0.0.1", "allowedTargets"));
        assertThat(targets(List.of(), "93.184.216.34", "10.0.0.1").refusal(url)).isEmpty();
        assertThat(targets(List.of("127.0.0.1"), "93.184.216.34", "127.0.0.1").refusal(url))
                .isEmpty();
        assertThat(targets(List.of("Hooks.Example.org"), "127.0.0.1").refusal(url))
                .isEmpty();
        assertThat(targets(List.of("example.org"), "127.0.0.1").refusal(url)).isPresent();
    }

    /** The many ways to write 127.0.0.1 all end as the address that is connected to. */
    @ParameterizedTest
    @ValueSource(strings = {"http://2130706433/", "http://[::1]/", "http://[::ffff:7f00:1]/", "http://localhost/"})
    void otherSpellingsOfThisMachineAreRefused(String url) throws UnknownHostException {
        TargetResolver targets = new TargetResolver(AllowedTargets.parse(List.of()), InetAddress::getAllByName);
        assertThat(targets.refusal(TargetResolver.parse(url))).isPresent();
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @CsvSource({
        "http://127.1/, host",
        "ftp://example.org/, http://",
        "/only/a/path, http://",
        "file:///etc/passwd, http://",
        "http:///path, host",
        "http://user:pw@example.org/, user",
        "http://user@example.org/, user",
        "https://example.org/#part, fragment",
        "https://example.org:0/, port",
        "https://example.org:70000/, port",
        "http://exa mple.org/, URL",
        "'', http://"
    })
    void whatIsNoUrlToPostToIsRefused(String url, String expected) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TargetResolver.parse(url))
                .withMessageContaining(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.org", "HTTPS://example.org:8443/a?b=c", "http://[fd00::1]:8080/x"})
    void aPublicAddressIsAccepted(String url) {
        assertThatCode(() -> TargetResolver.parse(url)).doesNotThrowAnyException();
    }
}
