// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.grafana;

import eu.nephele.smo.adapters.http.JdkHttpSystems;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.port.DashboardPublisher;
import eu.nephele.smo.lab.testkit.DashboardPublisherContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract of dashboard publishers, with the fake Grafana of these tests: a real one is not available. */
class GrafanaContractTest extends DashboardPublisherContract {

    private FakeGrafana grafana;
    private GrafanaPublisher publisher;

    @BeforeEach
    void open() throws IOException {
        grafana = new FakeGrafana();
        publisher = new GrafanaPublisher(
                new JdkHttpSystems(Path.of("")), Configured.with(Map.of("url", grafana.url(), "timeoutMillis", 1000)));
    }

    @AfterEach
    void close() {
        publisher.end();
        grafana.close();
    }

    @Override
    protected DashboardPublisher adapter() {
        return publisher;
    }

    @Override
    protected Graph graph() {
        return Samples.graph("brussels", "shop", "cart", "pay");
    }

    @Override
    protected void breakTheSystem() {
        grafana.fails(503);
    }

    @Override
    protected long effects() {
        return grafana.effects();
    }
}
