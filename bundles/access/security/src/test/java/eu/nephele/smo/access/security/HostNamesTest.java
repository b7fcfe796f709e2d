// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostNamesTest {

    private static HostNames boundTo(String address) {
        return new HostNames(address, List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LocalHost", "127.0.0.1", "127.3.2.1", " 127.0.0.1 ", "::1", "[::1]"})
    void onlyThisMachineReachesALoopbackAddress(String address) {
        assertThat(boundTo(address).loopbackOnly()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.evil.example",
                "127.0.0.1.evil.example",
                "127.0.0",
                "127.0.0.0.1",
                "127a0b0c1",
                "1127.0.0.1",
                "localhost.evil.example",
                "::12",
                "",
                "0.0.0.0",
                "::",
                "10.0.0.7"
            })
    void whatOnlyLooksLikeALoopbackAddressIsNone(String address) {
        assertThat(boundTo(address).loopbackOnly()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0.0.0.0", "::", "[::]", "0:0:0:0:0:0:0:0", "[0:0:0:0:0:0:0:0]"})
    void theAddressThatStandsForAllIsTheNameOfNoServer(String address) {
        HostNames names = boundTo(address);

        for (String host : List.of("", ":8000", "0.0.0.0", "0.0.0.0:8000", "[::]", "[::]:8000", "[0:0:0:0:0:0:0:0]")) {
            assertThat(names.allowsHost(host)).as("Host: %s", host).isFalse();
        }
        assertThat(names.allowsOrigin("http://0.0.0.0:8000", "0.0.0.0:8000")).isFalse();
        assertThat(names.allowsOrigin("http://[::]:8000", "[::]:8000")).isFalse();
        assertThat(names.allowsHost("127.0.0.1:8000")).isTrue();
    }

    @Test
    void theAddressThatTheServerIsBoundToIsItsName() {
        assertThat(boundTo("10.0.0.7").allowsHost("10.0.0.7:8000")).isTrue();
        assertThat(boundTo("fd00::7").allowsHost("[fd00::7]:8000")).isTrue();
        assertThat(boundTo("10.0.0.7").allowsHost("10.0.0.8:8000")).isFalse();
    }

    /** A list that ends in a comma has such a name. */
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void aBlankNameIsTheNameOfNobody(String blank) {
        HostNames names = new HostNames("127.0.0.1", List.of("smo.example", blank));

        for (String origin : List.of("null", "", "file:///x", "data:x", "http:///x", "http://_x:8000")) {
            assertThat(names.allowsOrigin(origin, "localhost:8000"))
                    .as("Origin: %s", origin)
                    .isFalse();
        }
        assertThat(names.allowsHost("")).isFalse();
        assertThat(names.allowsOrigin("https://smo.example", "localhost:8000")).isTrue();
    }
}
