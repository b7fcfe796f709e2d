// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.adapters.karmada.contexts.ContextClusters.ContextSettings;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KarmadaConfigReaderTest {

    @Test
    void aListMayBeOneTextWithCommasAsInAPropertiesFile() {
        Map<String, Object> values = Map.of("contexts", new String[] {"a=file:x#one, b=file:y"});
        assertThat(KarmadaConfigReader.sites(config(ContextsConfig.class, values), "k"))
                .extracting(ContextSettings::name)
                .containsExactly("a", "b");
    }

    @Test
    void theNameOfTheSourceIsThePartOfThePidBehindTheTilde() {
        assertThat(KarmadaConfigReader.source(Map.of("service.pid", "eu.nephele.smo.adapters.karmada~lab"), "karmada"))
                .isEqualTo("lab");
        assertThat(KarmadaConfigReader.source(Map.of(), "karmada")).isEqualTo("karmada");
        for (String wrong : List.of("", "a/b", "a b")) {
            assertThatThrownBy(() -> KarmadaConfigReader.source(Map.of("service.pid", "karmada~" + wrong), "karmada"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("service.pid=karmada~" + wrong);
        }
    }

    @Test
    void aContextBecomesPartOfTheConnection() {
        KarmadaConfig config = config(KarmadaConfig.class, Map.of("kubeconfig", "file:k", "context", "edge"));
        assertThat(KarmadaConfigReader.link(config, "lab").connection()).isEqualTo("file:k#edge");
        assertThat(KarmadaConfigReader.link(config, "lab").reference()).isEqualTo("file:k");
        assertThat(KarmadaConfigReader.link(config, "lab").context()).contains("edge");
    }

    @Test
    void sitesHaveTheirLabels() {
        List<ContextSettings> sites = KarmadaConfigReader.sites(
                config(
                        ContextsConfig.class,
                        Map.of(
                                "contexts", new String[] {"a = file:x#one", "b=env:B"},
                                "labels", new String[] {"b:tier=edge", "b:topology.kubernetes.io/zone=z=1"})),
                "kubernetes");
        assertThat(sites).extracting(ContextSettings::name).containsExactly("a", "b");
        assertThat(sites.get(0).link().connection()).isEqualTo("file:x#one");
        assertThat(sites.get(0).labels()).isEmpty();
        assertThat(sites.get(1).labels()).isEqualTo(Map.of("tier", "edge", "topology.kubernetes.io/zone", "z=1"));
    }

    @ParameterizedTest
    @CsvSource({
        "kubeconfig, ''",
        "kubeconfig, file:k#edge",
        "maxAnswerKiB, 0",
        "proxy, socks://x:1",
        "proxy, http://x",
        "proxy, ':'",
        "caFile, /no/such/file",
        "connectTimeoutMillis, 0",
        "timeoutMillis, -1"
    })
    void aValueThatMakesNoSenseNamesItsKey(String key, String value) {
        Object wrong = value.matches("-?\\d+") ? (Object) Integer.valueOf(value) : value;
        Map<String, Object> values =
                key.equals("kubeconfig") ? Map.of(key, wrong) : Map.of("kubeconfig", "file:k", key, wrong);
        assertThatThrownBy(() -> KarmadaConfigReader.link(config(KarmadaConfig.class, values), "karmada"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key + "=" + value);
    }

    @Test
    void aTextThatIsNoReferenceIsNotRepeated() {
        assertThatThrownBy(() -> KarmadaConfigReader.link(
                        config(KarmadaConfig.class, Map.of("kubeconfig", "the-secret-itself")), "karmada"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kubeconfig=…")
                .hasMessageNotContaining("the-secret-itself");
    }

    @Test
    void listsAreCheckedToo() {
        assertThatThrownBy(() -> KarmadaConfigReader.watching(
                        config(KarmadaConfig.class, Map.of("namespaces", new String[] {"A b"}))))
                .hasMessageContaining("namespaces=A b");
        assertThatThrownBy(() -> KarmadaConfigReader.watching(config(KarmadaConfig.class, Map.of("resyncSeconds", 0))))
                .hasMessageContaining("resyncSeconds=0");
        for (String[] contexts : new String[][] {{}, {"a"}, {"a=file:x", "a=file:y"}, {"a b=file:x"}, {"a=x"}}) {
            assertThatThrownBy(() ->
                            KarmadaConfigReader.sites(config(ContextsConfig.class, Map.of("contexts", contexts)), "k"))
                    .hasMessageContaining("contexts=");
        }
        assertThatThrownBy(() -> KarmadaConfigReader.sites(
                        config(
                                ContextsConfig.class,
                                Map.of("contexts", new String[] {"a=file:x"}, "labels", new String[] {"b:x=y"})),
                        "k"))
                .hasMessageContaining("labels=b:x=y");
    }

    /** The configuration with these values and the defaults otherwise. */
    private static <T extends Annotation> T config(Class<T> type, Map<String, Object> values) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> Optional.ofNullable(
                                values.get(method.getName()))
                        .orElseGet(method::getDefaultValue)));
    }
}
