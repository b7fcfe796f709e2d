// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.link;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.lab.conformance.SampleJson;
import eu.nephele.smo.lab.testkit.fuzz.FuzzTarget;
import eu.nephele.smo.lab.testkit.fuzz.HostileBytes;
import eu.nephele.smo.lab.testkit.fuzz.JsonEdit;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;

/** Whatever is stored as a kubeconfig connects to a server, or is refused without a word of its content. */
class KubeconfigFuzzTest {

    /** What is in each sample and in no message. */
    private static final String SECRET = "dGhpcyBpcyBzZWNyZXQ";

    private static final Map<String, String> SAMPLES = Map.of(
            "token", """
                    apiVersion: v1
                    kind: Config
                    clusters:
                    - name: c
                      cluster: {server: "http://127.0.0.1:1"}
                    users:
                    - name: u
                      user: {token: dGhpcyBpcyBzZWNyZXQ}
                    contexts:
                    - name: x
                      context: {cluster: c, user: u, namespace: n}
                    current-context: x
                    """,
            "certificates", """
                    apiVersion: v1
                    kind: Config
                    clusters:
                    - name: c
                      cluster:
                        server: "https://127.0.0.1:1"
                        certificate-authority-data: bm90IGEgY2VydGlmaWNhdGU=
                        tls-server-name: other
                    users:
                    - name: u
                      user:
                        client-certificate-data: dGhpcyBpcyBzZWNyZXQ=
                        client-key-data: dGhpcyBpcyBzZWNyZXQ=
                    contexts: [{name: x, context: {cluster: c, user: u}}]
                    current-context: x
                    """,
            "files", """
                    apiVersion: v1
                    kind: Config
                    clusters: [{name: c, cluster: {server: "https://127.0.0.1:1", certificate-authority: /nonexistent/ca}}]
                    users: [{name: u, user: {client-certificate: /nonexistent/c, client-key: /nonexistent/k,
                      password: dGhpcyBpcyBzZWNyZXQ, username: u}}]
                    contexts: [{name: x, context: {cluster: c, user: u}}]
                    current-context: x
                    """,
            "program", """
                    apiVersion: v1
                    kind: Config
                    clusters: [{name: c, cluster: {server: "http://127.0.0.1:1", proxy-url: "http://127.0.0.1:1"}}]
                    users: [{name: u, user: {exec: {apiVersion: client.authentication.k8s.io/v1beta1,
                      command: /nonexistent/program, args: [a], env: [{name: A, value: dGhpcyBpcyBzZWNyZXQ}]}}}]
                    contexts: [{name: x, context: {cluster: c, user: u}}]
                    current-context: x
                    """,
            "provider", """
                    apiVersion: v1
                    kind: Config
                    clusters: [{name: c, cluster: {server: "http://127.0.0.1:1"}}]
                    users: [{name: u, user: {auth-provider: {name: oidc, config: {id-token: dGhpcyBpcyBzZWNyZXQ,
                      refresh-token: dGhpcyBpcyBzZWNyZXQ, idp-issuer-url: "http://127.0.0.1:1", client-id: a}}}}]
                    contexts: [{name: x, context: {cluster: c, user: u}}]
                    current-context: x
                    """);

    /** The same as JSON, which is YAML: for edits of its values. */
    private static final List<JsonValue> TREES = List.of(
            SampleJson.value("{'apiVersion':'v1','kind':'Config',"
                    + "'clusters':[{'name':'c','cluster':{'server':'http://127.0.0.1:1','insecure-skip-tls-verify':true}}],"
                    + "'users':[{'name':'u','user':{'token':'dGhpcyBpcyBzZWNyZXQ'}}],"
                    + "'contexts':[{'name':'x','context':{'cluster':'c','user':'u'}}],'current-context':'x'}"),
            SampleJson.value("{'apiVersion':'v1','kind':'Config',"
                    + "'clusters':[{'name':'c','cluster':{'server':'https://127.0.0.1:1','certificate-authority-data':'YQ=='}}],"
                    + "'users':[{'name':'u','user':{'client-certificate-data':'dGhpcyBpcyBzZWNyZXQ=',"
                    + "'client-key-data':'dGhpcyBpcyBzZWNyZXQ='}}],"
                    + "'contexts':[{'name':'x','context':{'cluster':'c','user':'u'}}],'current-context':'x'}"));

    @Provide
    static Arbitrary<HostileBytes> texts() {
        return HostileBytes.editedTexts(SAMPLES);
    }

    @Provide
    static Arbitrary<JsonValue> trees() {
        return JsonEdit.edited(TREES);
    }

    @FuzzTarget
    void kubeconfigs(@ForAll("texts") HostileBytes kubeconfig) {
        connected(kubeconfig.text());
    }

    @FuzzTarget
    void valuesOfKubeconfigs(@ForAll("trees") JsonValue kubeconfig) {
        connected(kubeconfig.toJson());
    }

    private static void connected(String kubeconfig) {
        for (String context : List.of("", "#x")) {
            LinkSettings settings = new LinkSettings(
                    "fuzz",
                    "file:k" + context,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    1 << 20,
                    // an edited address is anybody's
                    Optional.of("http://127.0.0.1:1"),
                    Optional.empty());
            ApiServerConnection connection = new ApiServerConnection(settings, any -> Optional.of(kubeconfig));
            try {
                connection.call("Ask", client -> client.raw("/version"));
                throw new AssertionError("nobody listens there");
            } catch (AdapterException failure) {
                assertThat(failure.getMessage()).isNotBlank().hasSizeLessThan(3_000);
                assertThat(written(failure)).doesNotContain(SECRET);
            } finally {
                connection.close();
            }
        }
    }

    /** As the log would have it. */
    private static String written(Throwable failure) {
        try (StringWriter text = new StringWriter()) {
            failure.printStackTrace(new PrintWriter(text));
            return text.toString();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
