// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.adapters.http.JdkHttpSystems;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Failures name the invalid value. */
class GrafanaSettingsTest {

    static Stream<Arguments> wrongValues() {
        return Stream.of(
                Arguments.of("url", ""),
                Arguments.of("url", "grafana.example"),
                Arguments.of("url", "ftp://grafana.example"),
                Arguments.of("url", "http://gra fana"),
                Arguments.of("url", "http://admin:pa55word@grafana.example"),
                Arguments.of("publicUrl", "monitoring"),
                Arguments.of("publicUrl", "https://monitoring.example/?orgId=1"),
                Arguments.of("connectTimeoutMillis", 0),
                Arguments.of("timeoutMillis", -1),
                Arguments.of("maxAnswerKiB", 0),
                Arguments.of("maxAnswerKiB", Integer.MAX_VALUE),
                Arguments.of("proxy", "nowhere"),
                Arguments.of("caFile", "/there/is/none.pem"),
                Arguments.of("token", "glsa_the_token_itself"),
                Arguments.of("owner", ""),
                Arguments.of("owner", "x".repeat(41)),
                Arguments.of("clustersFolder", " "),
                Arguments.of("datasourceUid", ""),
                Arguments.of("refreshSeconds", -1),
                Arguments.of("serviceCpuWindowSeconds", 0),
                Arguments.of("throttlingWindowSeconds", 0),
                Arguments.of("clusterCpuWindowSeconds", 0),
                Arguments.of("clusterBusyWindowSeconds", -5),
                Arguments.of("diskWindowSeconds", 0),
                Arguments.of("networkWindowSeconds", 0),
                Arguments.of("namespaceLabel", "name space"),
                Arguments.of("podLabel", ""),
                Arguments.of("containerLabel", "a-b"),
                Arguments.of("deploymentLabel", "a\"b"),
                Arguments.of("statefulSetLabel", "1a"),
                Arguments.of("cpuGroupLabels", new String[] {"pod", ""}),
                Arguments.of("memoryGroupLabels", new String[] {"a)"}),
                Arguments.of("clusterLabel", ""),
                Arguments.of("instanceLabel", "é"));
    }

    @ParameterizedTest
    @MethodSource("wrongValues")
    void aWrongValueIsNamedByItsKey(String key, Object value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(Map.of(key, value)))
                .withMessageContaining(key)
                .satisfies(failure ->
                        assertThat(failure.getMessage()).doesNotContain("glsa_the_token_itself", "pa55word"));
    }

    @Test
    void anAddressIsAllThatHasToBeConfigured() {
        open(Map.of()).end();
    }

    @Test
    void wholeMinutesAreWrittenAsMinutes() {
        assertThat(RateWindows.render(40)).isEqualTo("40s");
        assertThat(RateWindows.render(300)).isEqualTo("5m");
        assertThat(RateWindows.render(90)).isEqualTo("90s");
    }

    private static GrafanaPublisher open(Map<String, Object> more) {
        Map<String, Object> values = new HashMap<>(Map.of("url", "http://grafana.example"));
        values.putAll(more);
        return new GrafanaPublisher(new JdkHttpSystems(Path.of("")), Configured.with(values));
    }
}
