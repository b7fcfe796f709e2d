// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote;

import eu.nephele.smo.api.port.AlertRules;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.port.SignalSource;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadRuntime;
import eu.nephele.smo.api.runtime.Tenure;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** A federation that lives in another process, behind the ports through which an orchestrator deals with it. */
public final class RemoteFederation implements AutoCloseable {

    /** Source of its clusters: they are the simulated ones. */
    public static final String SOURCE = "sim";

    private static final Duration PAUSE = Duration.ofMillis(250);

    private final ChangeFeed feed;
    private final ClusterRegistry clusters;
    private final WorkloadRuntime runtime;
    private final WorkloadDeployer deployer;
    private final MetricsSource metrics;
    private final SignalSource signals;
    private final AlertRules alertRules;

    /**
     * Begins to poll the world at once; an unavailable world is no failure.
     *
     * @param wait how long the world may hold back an answer without changes
     */
    public RemoteFederation(URI url, Duration connectTimeout, Duration timeout, Duration wait) {
        this(url, connectTimeout, timeout, wait, Optional::empty);
    }

    /**
     * A federation of a server that identifies itself with each call.
     *
     * @param tenure as it is now; empty on a standby
     */
    public RemoteFederation(
            URI url, Duration connectTimeout, Duration timeout, Duration wait, Supplier<Optional<Tenure>> tenure) {
        WorldClient client = new WorldClient(url, connectTimeout, timeout, tenure);
        feed = new ChangeFeed(client, wait, PAUSE);
        clusters = new RemoteClusters(feed);
        runtime = new RemoteRuntime(client, feed);
        deployer = new RemoteDeployer(client);
        metrics = new RemoteMetrics(client);
        signals = new RemoteSignals(feed);
        alertRules = new RemoteAlertRules(client);
        feed.start();
    }

    public ClusterRegistry clusters() {
        return clusters;
    }

    public WorkloadRuntime runtime() {
        return runtime;
    }

    public WorkloadDeployer deployer() {
        return deployer;
    }

    public MetricsSource metrics() {
        return metrics;
    }

    public SignalSource signals() {
        return signals;
    }

    public AlertRules alertRules() {
        return alertRules;
    }

    @Override
    public void close() {
        feed.close();
    }
}
