// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.Trigger.EventRule;
import eu.nephele.smo.api.port.ClusterTarget;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.remote.wire.WireJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each request is one call, whether or not its object exists already. */
class CallsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final WorkloadRef WEB = new WorkloadRef(new GraphId("p", "g"), "web");
    private static final ClusterId C1 = new ClusterId("sim", "c1");
    private static final StepKey KEY = new StepKey(WEB, 1, "install");

    private final Queue<String> calls = new ConcurrentLinkedQueue<>();
    private HttpServer world;
    private WorldClient client;

    @BeforeEach
    void start() throws IOException {
        world = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        world.createContext("/", this::answer);
        world.start();
        client = new WorldClient(
                URI.create("http://127.0.0.1:" + world.getAddress().getPort()), LIMIT, LIMIT);
    }

    @AfterEach
    void end() {
        world.stop(0);
    }

    @Test
    void aReleaseIsEnsuredByOneCall() {
        InstallRequest request = new InstallRequest(
                KEY,
                new Artifact("oci://registry.example/web:1", "App", "HELM", "HELM", JsonObject.EMPTY),
                JsonObject.EMPTY,
                List.of(ClusterTarget.of(C1)),
                1,
                Resources.NONE,
                1,
                "me",
                Set.of());
        assertThat(new RemoteDeployer(client).ensureInstalled(request).workload())
                .isEqualTo(WEB);
        assertThat(calls).containsExactly("PUT /releases/p/g/web?ensure=true");
    }

    @Test
    void aReleaseIsRemovedByOneCall() {
        new RemoteDeployer(client).ensureRemoved(KEY, "my self");
        assertThat(calls).containsExactly("DELETE /releases/p/g/web?owner=my%20self");
    }

    @Test
    void replicasAreEnsuredByOneCall() {
        ChangeFeed feed = new ChangeFeed(client, LIMIT, LIMIT);
        new RemoteRuntime(client, feed).ensureShares(KEY, List.of(new Share(C1, 2)));
        assertThat(calls).containsExactly("PUT /workloads/p/g/web/shares?ensure=true");
    }

    @Test
    void aRuleIsEnsuredByOneCall() {
        EventRule rule = new EventRule("it is down", "up == 0", Duration.ofSeconds(1), "");
        new RemoteAlertRules(client).ensure(WEB, rule, "me");
        assertThat(calls).containsExactly("PUT /rules/p/g/web/it%20is%20down?ensure=true");
    }

    private void answer(HttpExchange exchange) throws IOException {
        calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] state =
                    new WireJson().bytes(new ReleaseState(WEB, 1, 1, ReleaseState.Status.DEPLOYED, "me", "digest", ""));
            exchange.sendResponseHeaders(200, state.length);
            exchange.getResponseBody().write(state);
        }
    }
}
