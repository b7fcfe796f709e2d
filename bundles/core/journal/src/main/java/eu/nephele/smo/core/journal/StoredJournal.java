// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import static eu.nephele.smo.core.journal.ConfigurationBounds.atLeastOne;
import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.core.contract.decision.DecisionJournal;
import eu.nephele.smo.core.contract.decision.DecisionObserver;
import eu.nephele.smo.core.contract.decision.DecisionTrials;
import eu.nephele.smo.core.contract.decision.ObjectivePricing;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import eu.nephele.smo.core.contract.decision.ScalingOutcome;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.measure.Metric;
import eu.nephele.smo.core.contract.measure.MetricType;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.DecisionKind;
import eu.nephele.smo.core.contract.store.DecisionStore;
import eu.nephele.smo.core.contract.work.ClockJumps;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The journal on top of the decision store. */
@Component(
        service = {StoredJournal.class, DecisionJournal.class, DecisionObserver.class},
        configurationPid = "eu.nephele.smo.core.journal")
@Designate(ocd = JournalConfig.class)
@Metric(
        value = "smo_journal_queue_decisions",
        type = MetricType.GAUGE,
        unit = "decisions",
        meaning = "Decisions that wait for the database")
public final class StoredJournal implements DecisionJournal, DecisionObserver {

    private static final Logger LOG = LoggerFactory.getLogger(StoredJournal.class);

    /** Placements of one graph that are searched for the last one of a kind; a graph has few in a day. */
    private static final int RECENT = 50;

    private static final int VERIFICATION_PATIENCE_SECONDS = 5;

    private final DecisionStore store;
    private final DecisionRecordFactory records;
    private final ScalingRecords scalingRecords;
    private final ObservedScalingCalls shown = new ObservedScalingCalls();
    private final UnchangedAnswers unchanged;
    private final PlacementExplainer explainer;
    private final VerificationTurn verifications;
    private final RecordWriter writer;
    private final PruneScheduler pruning;

    @Activate
    public StoredJournal(
            JournalConfig config,
            @Reference DecisionStore store,
            @Reference ObjectivePricing pricing,
            @Reference StrategyCatalog catalog,
            @Reference DecisionTrials trials,
            @Reference(cardinality = OPTIONAL) MetricsRecorder metricsRecorder) {
        this(
                new JournalSettings(
                        Duration.ofDays(atLeastOne("retentionDays", config.retentionDays())),
                        atLeastOne("retentionRecords", config.retentionRecords()),
                        Duration.ofMinutes(atLeastOne("pruneMinutes", config.pruneMinutes())),
                        (int) atLeastOne("queueCapacity", config.queueCapacity()),
                        (int) atLeastOne("batchSize", config.batchSize()),
                        Duration.ofSeconds(Math.max(0, config.unchangedScalingSeconds()))),
                store,
                new StrategyAccess(pricing, Optional.of(catalog), Optional.of(trials)),
                Optional.ofNullable(metricsRecorder).orElse(MetricsRecorder.NONE),
                Clock.systemUTC(),
                false);
    }

    /** The owner of the database removes what is old. */
    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindTenure(Tenure tenure) {
        LOG.debug("deletion of expired decisions started epoch={}", tenure.epoch());
        pruning.begin();
    }

    void unbindTenure(Tenure over) {
        LOG.debug("tenure ended epoch={}; deletion of expired decisions stops with the store", over.epoch());
    }

    /**
     * For programs that embed the core.
     *
     * @param unchangedEvery how often a scaling decision is noted that is the same as the one before; zero: each time
     */
    public record JournalSettings(
            Duration retention,
            long retentionRecords,
            Duration pruneEvery,
            int queueCapacity,
            int batchSize,
            Duration unchangedEvery) {}

    /** For programs that embed the core. */
    public StoredJournal(
            JournalSettings settings,
            DecisionStore store,
            ObjectivePricing pricing,
            MetricsRecorder metricsRecorder,
            Clock clock) {
        this(settings, store, pricing, Optional.empty(), Optional.empty(), metricsRecorder, clock);
    }

    /**
     * For programs that embed the core.
     *
     * @param catalog versions of the objectives where a decision lacks them; needed to replay such decisions
     * @param trials places graphs anew for explanations
     */
    public StoredJournal(
            JournalSettings settings,
            DecisionStore store,
            ObjectivePricing pricing,
            Optional<StrategyCatalog> catalog,
            Optional<DecisionTrials> trials,
            MetricsRecorder metricsRecorder,
            Clock clock) {
        this(settings, store, new StrategyAccess(pricing, catalog, trials), metricsRecorder, clock, true);
    }

    /** What the journal asks strategies and objectives for, long after a decision. */
    private record StrategyAccess(
            ObjectivePricing pricing, Optional<StrategyCatalog> catalog, Optional<DecisionTrials> trials) {}

    private StoredJournal(
            JournalSettings settings,
            DecisionStore store,
            StrategyAccess strategies,
            MetricsRecorder metricsRecorder,
            Clock clock,
            boolean owner) {
        DecisionIds ids = new DecisionIds(clock, UUID.randomUUID().toString().substring(0, 4));
        this.store = store;
        ObjectiveVersions objectives = new ObjectiveVersions(strategies.catalog());
        this.records = new DecisionRecordFactory(ids, objectives);
        this.verifications = new VerificationTurn(
                new DecisionVerifier(strategies.pricing(), objectives)::verify,
                Duration.ofSeconds(VERIFICATION_PATIENCE_SECONDS));
        this.scalingRecords = new ScalingRecords(ids);
        this.unchanged = new UnchangedAnswers(settings.unchangedEvery());
        this.explainer = new PlacementExplainer(
                strategies.pricing(),
                new ClusterSnapshotCache(store::sharedInputs),
                new PlacementTrialRunner(strategies.trials()));
        this.writer = new RecordWriter(store, settings.queueCapacity(), settings.batchSize());
        metricsRecorder.gauge("smo_journal_queue_decisions", Map.of(), writer, RecordWriter::waiting);
        PruneScheduler.PruneTask decisions = new PruneScheduler.PruneTask(
                "decisions",
                () -> store.prune(clock.instant().minus(settings.retention()), settings.retentionRecords()));
        this.pruning = new PruneScheduler(
                "smo-journal-retention",
                settings.pruneEvery(),
                new ClockJumps(clock, System::nanoTime),
                List.of(decisions));
        if (owner) {
            pruning.begin();
        }
    }

    @Override
    public DecisionRecord recordOf(PlacementOutcome outcome, long generation) {
        // a graph of the same name that was deployed anew has scaling decisions of its own
        unchanged.forget(outcome.request().graph());
        return records.create(outcome, generation);
    }

    @Override
    public Optional<Instant> lastPlaced(GraphId graph, DecisionReason reason) {
        String word = DecisionRecordFactory.word(reason);
        return store
                .listWithoutInputs(
                        graph, new DecisionStore.Query(Optional.of(DecisionKind.PLACEMENT), Optional.empty(), RECENT))
                .stream()
                .filter(decision -> decision.reason().equals(word))
                .findFirst()
                .map(DecisionRecord::at);
    }

    @Override
    public void record(PlacementOutcome outcome, long generation) {
        writer.write(records.create(outcome, generation));
    }

    @Override
    public void record(List<ScalingOutcome> outcomes, long generation) {
        if (!outcomes.isEmpty()) {
            GraphId graph = outcomes.get(0).target().graph();
            List<ObservedScalingCalls.Slice> calls = shown.take(graph);
            if (isNews(graph, outcomes, generation)) {
                writer.write(scalingRecords.create(outcomes, generation, calls));
            }
        }
    }

    private boolean isNews(GraphId graph, List<ScalingOutcome> outcomes, long generation) {
        String outcome = ScalingRecords.outcomeOf(outcomes);
        if (ScalingRecords.changesNothing(outcome)) {
            return unchanged.isNews(outcomes, generation, outcome);
        }
        unchanged.forget(graph);
        return true;
    }

    /** Nothing to keep: the engine notes placements with everything that belongs to them. */
    @Override
    public void placed(PlacementOutcome outcome) {}

    /** Keeps the call until its decisions are noted: the engine does not know which were decided together. */
    @Override
    public void scaled(ScalingCall call) {
        shown.show(call);
    }

    public Optional<DecisionRecord> find(GraphId graph, String id) {
        return store.find(graph, id);
    }

    public List<DecisionRecord> list(GraphId graph, DecisionStore.Query query) {
        return store.listWithoutInputs(graph, query);
    }

    public Optional<JsonObject> explain(GraphId graph, String decisionId, String service) {
        return store.findWithoutSharedInputs(graph, decisionId)
                .flatMap(record -> explainer.explain(record, service, true));
    }

    public Optional<JsonObject> explainAttempt(GraphId graph, String service) {
        return store.latestWithoutInputs(graph, DecisionKind.PLACEMENT)
                .flatMap(latest -> store.findWithoutSharedInputs(graph, latest.id()))
                .flatMap(record -> explainer.explain(record, service, false));
    }

    public Optional<JsonObject> verify(GraphId graph, String decisionId) {
        return store.find(graph, decisionId).map(verifications::verify);
    }

    public Optional<JsonObject> explainScaling(GraphId graph, String service) {
        return store.latestWithoutInputs(graph, DecisionKind.SCALING)
                .flatMap(record -> ScalingExplainer.explain(record, service));
    }

    /** For programs that embed the core: how many decisions are recorded and not yet stored. */
    public int unstored() {
        return writer.waiting();
    }

    void prune() {
        pruning.run();
    }

    @Deactivate
    public void close() {
        pruning.close();
        writer.close();
    }
}
