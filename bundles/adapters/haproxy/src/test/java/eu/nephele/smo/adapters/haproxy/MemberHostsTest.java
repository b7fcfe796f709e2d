// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemberHostsTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1",
        "2001:db8::1, 2001:db8:0:0:0:0:0:1",
        "[::1], 0:0:0:0:0:0:0:1",
        "node-1.example, 10.0.0.7"
    })
    void addressesAreWrittenInOneWay(String host, String address) {
        try (MemberHosts hosts = hosts("10.0.0.7", "10.0.0.8")) {
            assertThat(hosts.address(host, Optional.empty())).isEqualTo(address);
        }
    }

    @Test
    void anAddressOfSeveralStays() {
        try (MemberHosts hosts = hosts("10.0.0.7", "10.0.0.8")) {
            assertThat(hosts.address("node", Optional.of("10.0.0.8"))).isEqualTo("10.0.0.8");
            assertThat(hosts.address("node", Optional.of("10.0.0.9"))).isEqualTo("10.0.0.7");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a;b", "a\nb", "a:b:c:d:e:f:g:h:i", "-x", "fe80::1%eth0", "999.1.1.1.1/8", "ä"})
    void whatIsNoHostIsRefused(String host) {
        try (MemberHosts hosts = hosts("10.0.0.7")) {
            fails(Kind.REFUSED, hosts, host);
        }
    }

    @Test
    void aNameThatIsNotKnownNowIsAskedForAgainLater() {
        try (MemberHosts hosts = new MemberHosts("lb", Duration.ofSeconds(5), name -> {
            throw new UnknownHostException(name);
        })) {
            fails(Kind.UNAVAILABLE, hosts, "nobody");
        }
    }

    @Test
    void aResolverThatHangsCostsABoundedTime() {
        CountDownLatch never = new CountDownLatch(1);
        try (MemberHosts hosts = new MemberHosts("lb", Duration.ofMillis(100), name -> {
            try {
                never.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        })) {
            for (int i = 0; i < 10; i++) {
                fails(Kind.UNAVAILABLE, hosts, "slow");
            }
        }
    }

    private static MemberHosts hosts(String... addresses) {
        return new MemberHosts("lb", Duration.ofSeconds(5), name -> {
            InetAddress[] all = new InetAddress[addresses.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = InetAddress.getByName(addresses[i]);
            }
            return List.of(all);
        });
    }

    private static void fails(Kind kind, MemberHosts hosts, String host) {
        assertThatThrownBy(() -> hosts.address(host, Optional.empty()))
                .isInstanceOfSatisfying(AdapterException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(kind));
    }
}
