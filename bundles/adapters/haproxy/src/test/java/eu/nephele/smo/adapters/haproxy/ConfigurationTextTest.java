// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.Backend.HealthCheck;
import eu.nephele.smo.api.port.Backend.Protocol;
import eu.nephele.smo.api.port.WorkloadRef;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTextTest {

    private static final WorkloadRef WEB = new WorkloadRef(new GraphId("shop", "front"), "web");
    private static final HealthCheck CHECK =
            new HealthCheck("/health?x=1", Optional.of(9000), Duration.ofSeconds(2), Duration.ofMillis(500), 2, 3);
    private static final BalancedService SERVICE = service(shape(8080, Optional.of(CHECK)), 100);
    private static final Pattern LINES = Pattern.compile("[ -~]*");

    private final ConfigurationText text = text(Map.of("certificate", "/etc/smo/web.pem"));

    private static ConfigurationText text(Map<String, ?> values) {
        return new ConfigurationText(
                HaproxySettings.from(HaproxyConfigurations.with(values)),
                WaitScript.beside(Path.of("/etc/haproxy/smo/haproxy.cfg")));
    }

    private static ServiceShape shape(int port, Optional<HealthCheck> check) {
        return new ServiceShape(port, Protocol.HTTP, check, Duration.ofSeconds(30));
    }

    private static BalancedService service(ServiceShape shape, int weight) {
        return new BalancedService(
                WEB,
                shape,
                Duration.ofSeconds(60),
                List.of(
                        new PlacedMember("a-1", "10.0.0.1", 32001, weight),
                        new PlacedMember("b_2", "2001:db8:0:0:0:0:0:1", 32002, 0)),
                List.of(new LeavingMember("c", Instant.ofEpochMilli(1_800_000_000_123L))));
    }

    @Test
    void theServiceIsAListenerWithItsMembers() {
        assertThat(text.render(new BalancerState("here", List.of(SERVICE))))
                .contains("""
                        listen shop:front:web
                          mode http
                          bind *:8080 ssl crt /etc/smo/web.pem alpn h2,http/1.1
                          balance roundrobin
                          option abortonclose
                          retry-on conn-failure empty-response
                          http-request disable-l7-retry unless METH_GET
                          timeout check 500ms
                          option httpchk
                          http-check connect port 9000
                          http-check send meth GET uri /health?x=1 hdr Host localhost
                          http-check expect status 200-399
                          timeout client 80000ms
                          http-request lua.smo_wait shop:front:web 30000 if { nbsrv(shop:front:web) eq 0 }
                          use_backend relay:shop:front:web if { var(txn.smo_relay) -m bool }
                          server a-1 ipv4@10.0.0.1:32001 weight 100 pool-purge-delay 1s check inter 2000ms rise 2 fall 3
                          server b_2 ipv6@2001:db8:0:0:0:0:0:1:32002 weight 0 pool-purge-delay 1s check inter 2000ms rise 2 fall 3
                        backend relay:shop:front:web
                          mode http
                          timeout server 80000ms
                          server self 127.0.0.1:8080 ssl verify none
                        """)
                .contains("bind 127.0.0.1:8404")
                .doesNotContain("server c ");
    }

    @Test
    void theFileIsTheRecordOfTheState() {
        BalancedService plain = new BalancedService(
                new WorkloadRef(new GraphId("shop", "front"), "db"),
                new ServiceShape(5432, Protocol.TCP, Optional.empty(), Duration.ZERO),
                Duration.ZERO,
                List.of(),
                List.of());
        BalancerState state = new BalancerState("a b&c=d\n%", List.of(SERVICE, plain));
        String rendered = text.render(state);
        assertThat(ConfigurationText.isIntact(rendered)).isTrue();
        assertThat(ConfigurationRecords.read(rendered)).isEqualTo(state);
        assertThat(ConfigurationText.isIntact(rendered.replace("weight 100", "weight 101")))
                .isFalse();
        assertThat(ConfigurationText.isIntact("")).isFalse();
    }

    /** Services that are as they were are not rendered again. */
    @Test
    void aTextIsTheSameWhateverWasRenderedBefore() {
        BalancerState before = new BalancerState("here", List.of(SERVICE));
        BalancerState heavier = new BalancerState("here", List.of(service(SERVICE.shape(), 7)));
        BalancerState another = new BalancerState("here", List.of(service(shape(8081, Optional.empty()), 100)));
        for (BalancerState state : List.of(before, heavier, another, before, before)) {
            assertThat(text.render(state))
                    .isEqualTo(text(Map.of("certificate", "/etc/smo/web.pem")).render(state));
        }
    }

    @Test
    void onlyWhatNeedsAReloadIsAnotherGeneration() {
        String one = generation(SERVICE);
        assertThat(generation(service(SERVICE.shape(), 7))).isEqualTo(one);
        assertThat(generation(SERVICE.withLeaving(List.of()))).isEqualTo(one);
        assertThat(generation(service(shape(8081, Optional.of(CHECK)), 100))).isNotEqualTo(one);
        assertThat(generation(service(shape(8080, Optional.empty()), 100))).isNotEqualTo(one);
        assertThat(text.generation(BalancerState.EMPTY)).isNotEqualTo(one);
    }

    private String generation(BalancedService service) {
        return text.generation(new BalancerState("here", List.of(service)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a b", "/a\nserver x", "/a;b", "/a\"", "/a'", "/a#", "/a\\", "/$HOME", "/a\u00e4", "/\r"})
    void aCheckThatWouldBeReadAsSomethingElseIsRefused(String path) {
        HealthCheck check = new HealthCheck(path, Optional.empty(), CHECK.interval(), CHECK.timeout(), 1, 1);
        assertThatThrownBy(() -> shape(1, Optional.of(check))).isInstanceOf(IllegalArgumentException.class);
    }

    @Provide
    static Arbitrary<String> hostile() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(20),
                Arbitraries.strings()
                        .withChars("aZ0-_.:;#\"'\\ \n\r\t$%/{}()&=")
                        .ofMinLength(1)
                        .ofMaxLength(12),
                Arbitraries.strings()
                        .alpha()
                        .numeric()
                        .withChars("-_.")
                        .ofMinLength(1)
                        .ofMaxLength(12));
    }

    /** Whatever names, owners, addresses and paths there are: refused, or lines and commands that mean what they should. */
    @Property(tries = 2000)
    void nothingGetsOutOfItsWord(
            @ForAll("hostile") String name,
            @ForAll("hostile") String id,
            @ForAll("hostile") String address,
            @ForAll("hostile") String path,
            @ForAll("hostile") String owner) {
        BalancedService service;
        try {
            HealthCheck check = new HealthCheck(
                    "/" + path, Optional.empty(), Duration.ofSeconds(Long.MAX_VALUE / 2), Duration.ofNanos(1), 1, 1);
            service = new BalancedService(
                    new WorkloadRef(new GraphId(name, name), name),
                    shape(1, Optional.of(check)),
                    Duration.ofSeconds(1),
                    List.of(new PlacedMember(id, address.length() % 2 == 0 ? "127.0.0.1" : address, 1, 1)),
                    List.of(new LeavingMember("x" + id, Instant.EPOCH)));
        } catch (IllegalArgumentException refused) {
            return;
        }
        BalancerState state = new BalancerState(owner, List.of(service));
        String rendered = text(Map.of()).render(state);
        assertThat(rendered.lines()).allMatch(line -> LINES.matcher(line).matches());
        assertThat(rendered.lines().filter(line -> line.startsWith("  server ")))
                .hasSize(2);
        assertThat(rendered.lines().filter(line -> line.startsWith("listen "))).hasSize(2);
        assertThat(ConfigurationRecords.read(rendered)).isEqualTo(state);
        RunningProxy empty = new RunningProxy(service.proxy(), 0, 0, java.util.OptionalDouble.empty(), Map.of());
        assertThat(ServiceRepair.commands(service, empty))
                .hasSize(4)
                .allMatch(command -> command.matches("[A-Za-z0-9_.:/@ -]+"));
    }
}
