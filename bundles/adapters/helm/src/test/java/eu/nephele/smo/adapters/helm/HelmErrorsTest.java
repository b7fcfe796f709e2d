// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors of a real cluster are covered by the tests against one. */
class HelmErrorsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    cannot re-use a name that is still in use | CONFLICT
                    another operation (install/upgrade/rollback) is in progress | UNAVAILABLE
                    Unable to continue with install: ServiceAccount "a" exists and cannot be imported into the current release: invalid ownership metadata; label validation error | CONFLICT
                    Kubernetes cluster unreachable: Get "https://127.0.0.1:1/version": dial tcp 127.0.0.1:1: connect: connection refused | UNAVAILABLE
                    Kubernetes cluster unreachable: Get "https://c1.invalid/version": dial tcp: lookup c1.invalid: no such host | UNAVAILABLE
                    Kubernetes cluster unreachable: Get "https://10.1.1.1/version": dial tcp 10.1.1.1:443: i/o timeout | UNAVAILABLE
                    Kubernetes cluster unreachable: tls: failed to verify certificate: x509: certificate signed by unknown authority | UNAVAILABLE
                    Kubernetes cluster unreachable: the server has asked for the client to provide credentials: Unauthorized | REFUSED
                    failed to create resource: secrets is forbidden: User "u" cannot create resource "secrets" | REFUSED
                    namespaces "a" is forbidden: unable to create new content in namespace a because it is being terminated | UNAVAILABLE
                    failed pre-install: 1 error occurred: * timed out waiting for the condition | TIMED_OUT
                    resource Job/demo/a not ready: context deadline exceeded | TIMED_OUT
                    unable to build kubernetes objects from release manifest: resource mapping not found: no matches for kind "Toy" in version "x/v1" | REFUSED
                    cannot patch "a" with kind Deployment: field is immutable | REFUSED
                    YAML parse error on a/templates/a.yaml: error converting YAML to JSON | REFUSED
                    stat /a/b: no such file or directory | NOT_FOUND
                    uninstall: Release not loaded: a: release: not found | NOT_FOUND
                    "a" has no deployed releases | CONFLICT
                    the server is currently unable to handle the request | UNAVAILABLE
                    something that nobody has seen before | REFUSED
                    """)
    void theWordsSayWhatFollows(String message, Kind kind) {
        assertThat(HelmErrors.kind(message)).isEqualTo(kind);
    }

    @Test
    void silenceIsThatOfTheApiServerAndARefusalIsHelms() {
        assertThat(HelmErrors.exception("install of a", "dial tcp: connection refused")
                        .system())
                .isEqualTo("kubernetes");
        assertThat(HelmErrors.exception("install of a", "field is immutable").system())
                .isEqualTo("helm");
    }

    @Test
    void aMessageIsShortAndShowsNeitherFilesNorTokens() {
        AdapterException exception = HelmErrors.exception(
                "install of a",
                "open /home/smo/data/tmp/values123.json: bad\nAuthorization: Bearer abc.def-ghi " + "x".repeat(2000));

        assertThat(exception.getMessage())
                .startsWith("install of a: Helm says: open …: bad; ")
                .doesNotContain("values123", "abc.def")
                .hasSizeLessThan(700);
    }

    @Test
    void namesOfTemplatesAndAddressesStay() {
        assertThat(HelmErrors.words("error on video/templates/a.yaml from https://host:1/api/v1/x: bad"))
                .isEqualTo("error on video/templates/a.yaml from https://host:1/api/v1/x: bad");
    }
}
