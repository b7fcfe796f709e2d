// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * As shipped, an adapter ends a call itself before the guard of its system interrupts it: otherwise what it does after its time-out,
 * such as looking into its cache, would be cut off.
 */
class GuardTimeoutsTest {

    private static final String GUARD = "eu.nephele.smo.core.resilience";
    private static final Path FEATURES = Path.of("../../features/core.json").toAbsolutePath();

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "eu.nephele.smo.adapters.oci, oci",
        "eu.nephele.smo.adapters.grafana, grafana",
        "eu.nephele.smo.adapters.prometheus~NAME, prometheus",
        "eu.nephele.smo.adapters.karmada~NAME, karmada",
        "eu.nephele.smo.adapters.karmada.contexts~NAME, kubernetes"
    })
    void theTimeLimitOfAnAdapterIsShorterThanThatOfItsGuard(String pid, String system) throws IOException {
        assertThat(millis(pid)).isLessThan(ofGuard(system));
    }

    private static long ofGuard(String system) throws IOException {
        Matcher own = Pattern.compile("\"" + Pattern.quote(GUARD + ".system~" + system)
                        + "\": \\{[^}]*\"timeoutMillis\": \"([0-9]+)\"")
                .matcher(Files.readString(FEATURES));
        return own.find() ? Long.parseLong(own.group(1)) : millis(GUARD);
    }

    private static long millis(String pid) {
        Matcher timeout = Pattern.compile("\\| `timeoutMillis` \\| whole number \\| `([0-9]+)`")
                .matcher(ConfigurationPage.expected().getOrDefault(pid, ""));
        assertThat(timeout.find()).as("timeoutMillis of %s", pid).isTrue();
        return Long.parseLong(timeout.group(1));
    }
}
