// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackendTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static Backend.Member member(String id) {
        return new Backend.Member(id, "10.0.0.1", 32_768, 1, false);
    }

    private static Backend backend(int port, Duration drain, List<Backend.Member> members) {
        return new Backend(port, Backend.Protocol.HTTP, Optional.empty(), drain, Duration.ZERO, members);
    }

    @Test
    void aServiceThatIsScaledToZeroHasABackendWithoutMembers() {
        assertThat(backend(8080, SECOND, List.of()).members()).isEmpty();
    }

    @Test
    void eachMemberIsNamedOnce() {
        assertThatThrownBy(() -> backend(8080, SECOND, List.of(member("a"), member("b"), member("a"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two members with the id a");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65_536})
    void portsOutsideTheirRangeAreRefused(int port) {
        assertThatThrownBy(() -> backend(port, SECOND, List.of())).hasMessageContaining("port=" + port);
        assertThatThrownBy(() -> new Backend.Member("a", "h", port, 1, false)).hasMessageContaining("port=" + port);
        assertThatThrownBy(() -> new Backend.HealthCheck("/", Optional.of(port), SECOND, SECOND, 2, 3))
                .hasMessageContaining("port=" + port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\nserver evil", "a;b", "ä"})
    void anIdCanBeWrittenIntoAConfigurationAsItIs(String id) {
        assertThatThrownBy(() -> member(id)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 257})
    void weightsOutsideTheirRangeAreRefused(int weight) {
        assertThatThrownBy(() -> new Backend.Member("a", "h", 80, weight, false))
                .hasMessageContaining("weight=" + weight);
    }

    @Test
    void timesAndCountsOfChecksArePositive() {
        assertThatThrownBy(() -> backend(8080, SECOND.negated(), List.of())).hasMessageContaining("drain=PT-1S");
        assertThatThrownBy(() -> new Backend.HealthCheck("/", Optional.empty(), Duration.ZERO, SECOND, 2, 3))
                .hasMessageContaining("interval=PT0S");
        assertThatThrownBy(() -> new Backend.HealthCheck("/", Optional.empty(), SECOND, SECOND, 0, 3))
                .hasMessageContaining("rise=0");
        assertThatThrownBy(() -> new Backend.HealthCheck("x", Optional.empty(), SECOND, SECOND, 2, 3))
                .hasMessageContaining("leading slash");
    }
}
