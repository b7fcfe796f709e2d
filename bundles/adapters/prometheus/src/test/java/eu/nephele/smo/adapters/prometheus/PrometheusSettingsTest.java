// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.http.HttpSettings.Credentials;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Meaning of a configuration, and failures of a wrong one. */
class PrometheusSettingsTest {

    @Test
    void theDefaultsAreThoseOfTheReference() {
        PrometheusSettings settings = settings(Map.of("url", "http://127.0.0.1:9090"));
        assertThat(settings.queries().metrics())
                .containsOnlyKeys(
                        MetricQuery.REQUEST_RATE,
                        MetricQuery.CPU_CORES,
                        MetricQuery.MEMORY_BYTES,
                        MetricQuery.READY_REPLICAS);
        assertThat(settings.queries().minWindow()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.queries().namespaceLabel()).contains("namespace");
        assertThat(settings.http().timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.http().maxAnswerBytes()).isEqualTo(8 << 20);
        assertThat(settings.objectLabels()).isEqualTo(Map.of("release", "kube-prometheus-stack"));
    }

    @Test
    void configuredValuesAreUsed() {
        PrometheusSettings settings = settings(Map.of(
                "url",
                "http://127.0.0.1:9090",
                "token",
                "file:t",
                "proxy",
                "http://p:1",
                "caFile",
                "ca.pem",
                "namespaceLabel",
                "",
                "scrapeIntervalSeconds",
                30,
                "maxAnswerKiB",
                Integer.MAX_VALUE));
        assertThat(settings.http().credentials()).isEqualTo(new Credentials.Bearer("file:t"));
        assertThat(settings.http().proxy()).contains("http://p:1");
        assertThat(settings.http().caFile()).contains("ca.pem");
        assertThat(settings.http().maxAnswerBytes()).isPositive();
        assertThat(settings.queries().namespaceLabel()).isEmpty();
        assertThat(settings.queries().minWindow()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void aSecretMayComeFromAnySourceAndObjectsMayHaveAnyNameOfKubernetes() {
        PrometheusSettings settings = settings(Map.of(
                "url",
                "http://127.0.0.1:9090",
                "kubeconfig",
                "vault:secret/monitoring#kubeconfig",
                "objectName",
                "rules.of-$project",
                "objectLabels",
                new String[] {"example.org/role=alert-rules", "empty="}));
        assertThat(settings.kubeconfig()).startsWith("vault:");
        assertThat(settings.objectName()).isEqualTo("rules.of-$project");
        assertThat(settings.objectLabels()).isEqualTo(Map.of("example.org/role", "alert-rules", "empty", ""));
    }

    static Object[][] wrongValues() {
        return new Object[][] {
            {"url", " "},
            {"system", ""},
            {"connectTimeoutMillis", 0},
            {"timeoutMillis", -1},
            {"maxAnswerKiB", 0},
            {"serviceLabel", "a-b"},
            {"namespaceLabel", "1x"},
            {"scrapeIntervalSeconds", 0},
            {"stalenessSeconds", 0},
            {"maxQueryChars", 499},
            {"maxOwnQueries", 0},
            {"metrics", new String[] {"no equals sign"}},
            {"metrics", new String[] {"x="}},
            {"metrics", new String[] {"x=sum(up)"}},
            {"metrics", new String[] {"x@a-b=up{$selector}"}},
            {"metrics", new String[] {"x=up{$selector}", "x=up{$selector}"}},
            {"rulesFolder", ""},
            {"rulesFolder", "/no/such/folder"},
            {"kubeconfig", ""},
            {"kubeconfig", "apiVersion: v1"},
            {"metrics", new String[] {"x=up{$selector,n=\"$namespace\"}"}},
            {"kubeconfig", "kind: Config"},
            {"kubeconfig", "file:"},
            {"severity", " "},
            {"namespace", ""},
            {"namespace", "Monitoring"},
            {"namespace", "a.b"},
            {"objectName", "smo_$project"},
            {"objectName", "smo-$projekt"},
            {"objectName", "x".repeat(200)},
            {"objectLabels", new String[] {"release"}},
            {"objectLabels", new String[] {"release=kube stack"}},
            {"objectLabels", new String[] {"release=" + "x".repeat(64)}},
            {"objectLabels", new String[] {"a/b/c=x"}}
        };
    }

    @ParameterizedTest
    @MethodSource("wrongValues")
    void aWrongValueNamesItsKey(String key, Object value) {
        PrometheusSettings settings = settings(Map.of("url", "http://127.0.0.1:9090", key + "!", value));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> {
                    settings.http();
                    settings.queries();
                    settings.objectLabels();
                    settings.severity();
                    settings.namespace();
                    settings.objectName();
                    if (key.equals("rulesFolder")) {
                        settings.rulesFolder();
                    }
                    if (key.equals("kubeconfig")) {
                        settings.kubeconfig();
                    }
                })
                .withMessageStartingWith(key)
                .withMessageNotContaining("apiVersion");
    }

    private static PrometheusSettings settings(Map<String, ?> values) {
        return new PrometheusSettings(Configurations.of(values));
    }
}
