// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.port.DashboardPublisher;
import eu.nephele.smo.api.port.WorkloadRef;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract of a {@link DashboardPublisher}: publishing again keeps the address, removing twice is no failure. */
public abstract class DashboardPublisherContract extends PortContract<DashboardPublisher> {

    protected DashboardPublisherContract() {
        super(DashboardPublisher.class);
    }

    /** A graph with at least one service. */
    protected abstract Graph graph();

    @Override
    final Object ask(DashboardPublisher adapter) {
        return adapter.ensureCluster(new ClusterId("contract", "c1"));
    }

    @Test
    void publishedAgainStaysAtItsAddress() {
        List<URI> first = published();
        assertThat(published()).isEqualTo(first);
        assertThat(first).doesNotHaveDuplicates().allSatisfy(address -> assertThat(address.getScheme())
                .isIn("http", "https"));
        adapter().removeGraph(graph().id());
    }

    @Test
    void removedTwiceIsRemoved() {
        adapter().ensureGraph(graph());
        adapter().removeGraph(graph().id());
        long effects = effects();
        adapter().removeGraph(graph().id());
        assertThat(effects()).as("writes of the system").isEqualTo(effects);
    }

    private List<URI> published() {
        WorkloadRef service =
                new WorkloadRef(graph().id(), graph().services().get(0).id());
        return List.of(
                adapter().ensureGraph(graph()),
                adapter().ensureService(service),
                adapter().ensureCluster(new ClusterId("contract", "c1")));
    }
}
