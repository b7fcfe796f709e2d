// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerChallengeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer realm=\"https://auth.example/token\",service=\"registry\",scope=\"repository:a/b:pull\"",
                "bearer scope=\"repository:a/b:pull\", service=registry, realm=\"https://auth.example/token\", error=\"x\"",
            })
    void parametersAreReadInAnyOrder(String header) {
        BearerChallenge challenge = parse("Basic realm=\"other\"", header).orElseThrow();

        assertThat(challenge.tokenAddress("a/b"))
                .hasToString("https://auth.example/token?service=registry&scope=repository%3Aa%2Fb%3Apull");
    }

    @Test
    void aMissingScopeIsThatOfTheRepository() {
        BearerChallenge challenge =
                parse("Bearer realm=\"https://auth.example/token?x=y\"").orElseThrow();

        assertThat(challenge.tokenAddress("a/b"))
                .hasToString("https://auth.example/token?x=y&scope=repository%3Aa%2Fb%3Apull");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic realm=\"x\"", "Bearer service=\"x\"", "Bearer", ""})
    void otherAuthenticationIsNoChallenge(String header) {
        assertThat(parse(header)).isEmpty();
    }

    private static Optional<BearerChallenge> parse(String... headers) {
        return BearerChallenge.parse(
                HttpHeaders.of(Map.of("WWW-Authenticate", List.of(headers)), (name, value) -> true));
    }
}
