// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.api.port.Backend;
import eu.nephele.smo.api.port.BackendStatus;
import eu.nephele.smo.api.port.LoadBalancer;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.port.OwnerFence;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.api.scaling.LoadPoint;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One HAProxy, by its configuration: the balancer, and what it sees of the load. */
@Component(
        service = {LoadBalancer.class, MetricsSource.class},
        configurationPid = HaproxySettings.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        // a source of metrics that knows more wins wherever one has to
        property = "service.ranking:Integer=-10")
@Designate(ocd = HaproxyConfig.class, factory = true)
public final class HaproxyAdapter implements LoadBalancer, MetricsSource {

    private static final Logger LOG = LoggerFactory.getLogger(HaproxyAdapter.class);
    private static final int THREADS = 3;

    private final OwnerFence fence;
    private final WriterTurn turn;
    private final MemberHosts hosts;
    private final MemberDrain drain;
    private final HaproxyBalancer balancer;
    private final HaproxyMetrics metrics;
    private final WaitingWatch waiting;
    private final ScheduledThreadPoolExecutor threads;

    /** @throws IllegalArgumentException naming a property that is wrong */
    @Activate
    public HaproxyAdapter(HaproxyConfig config) {
        this(HaproxySettings.from(config), Clock.systemUTC());
    }

    HaproxyAdapter(HaproxySettings settings, Clock clock) {
        String system = settings.system();
        fence = new OwnerFence(system);
        threads = new ScheduledThreadPoolExecutor(THREADS, HaproxyAdapter::daemon);
        threads.setRemoveOnCancelPolicy(true);
        WaitScript script = WaitScript.beside(settings.file());
        ConfigurationFile file =
                new ConfigurationFile(system, settings.file(), script, new ConfigurationCheck(settings), clock);
        HaproxyRuntime runtime = new HaproxyRuntime(
                system,
                new RuntimeSocket(system, settings.runtime(), settings.limits().answer()),
                fence);
        MasterProcess master = new MasterProcess(settings, fence);
        StructureChange structure =
                new StructureChange(settings, new ConfigurationText(settings, script), file, runtime, master);
        Duration longest =
                settings.limits().reload().plus(settings.limits().answer().multipliedBy(2));
        turn = new WriterTurn(system, fence, new WriterLock(system, settings.file()), longest);
        hosts = new MemberHosts(system, settings.limits().answer());
        drain = new MemberDrain(file, runtime, structure, master, turn, threads, clock);
        balancer = new HaproxyBalancer(settings, file, runtime, structure, turn, hosts, drain);
        metrics = new HaproxyMetrics(runtime, clock, settings.limits().sample());
        waiting = new WaitingWatch(runtime, System::nanoTime);
        Future<?> unused = threads.scheduleWithFixedDelay(
                this::sample, 0, settings.limits().sample().toMillis(), TimeUnit.MILLISECONDS);
        long distance = WaitingWatch.DISTANCE.toMillis();
        unused = threads.scheduleWithFixedDelay(this::watch, distance, distance, TimeUnit.MILLISECONDS);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "smo-haproxy");
        thread.setDaemon(true);
        return thread;
    }

    /** What the thread does, which goes on whatever happens. */
    private void sample() {
        try {
            metrics.sample();
        } catch (RuntimeException unexpected) {
            LOG.error("sampling failed", unexpected);
        }
    }

    private void watch() {
        try {
            waiting.look();
        } catch (RuntimeException unexpected) {
            LOG.error("looking for requests that wait failed", unexpected);
        }
    }

    /** Members that were leaving when a server ended go on leaving. */
    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindTenure(Tenure tenure) {
        fence.begin(tenure);
        drain.soon();
    }

    /** The next owner may be another process of this machine: it can write as soon as the present change is done. */
    void unbindTenure(Tenure over) {
        LOG.debug("tenure ended epoch={}; this server writes nothing until the next one", over.epoch());
        try {
            threads.execute(this::letOthersWrite);
        } catch (RejectedExecutionException ended) {
            LOG.debug("the adapter has ended before the tenure");
        }
    }

    private void letOthersWrite() {
        try {
            turn.end();
        } catch (IOException failed) {
            LOG.warn("the lock of the file cannot be released reason=\"{}\"", failed.toString());
        }
    }

    @Deactivate
    void end() {
        threads.shutdownNow();
        hosts.close();
        letOthersWrite();
    }

    @Override
    public BackendStatus ensureBackend(StepKey key, String owner, Backend backend) {
        return balancer.ensureBackend(key, owner, backend);
    }

    @Override
    public void ensureRemoved(StepKey key, String owner) {
        balancer.ensureRemoved(key, owner);
    }

    @Override
    public Map<WorkloadRef, BackendStatus> observe(Collection<WorkloadRef> workloads) {
        return balancer.observe(workloads);
    }

    @Override
    public Map<MetricQuery, Double> instant(Collection<MetricQuery> queries) {
        return metrics.instant(queries);
    }

    @Override
    public Map<MetricQuery, List<LoadPoint>> range(Collection<MetricQuery> queries, Duration range, Duration step) {
        return metrics.range(queries, range, step);
    }

    @Override
    public Subscription subscribeToWaiting(Consumer<WorkloadRef> onWaiting) {
        return waiting.subscribe(onWaiting);
    }
}
