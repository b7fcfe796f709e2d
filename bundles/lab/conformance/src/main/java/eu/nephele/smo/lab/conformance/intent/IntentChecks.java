// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.intent;

import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.intent.IntentHandler.Scope;
import eu.nephele.smo.api.model.AnswerLimits;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.lab.conformance.SampleGraphs;
import eu.nephele.smo.lab.conformance.run.CallOutcome;
import eu.nephele.smo.lab.conformance.run.CallOutcome.Threw;
import eu.nephele.smo.lab.conformance.run.ExaminationSession;
import eu.nephele.smo.lab.conformance.run.FlawException;
import eu.nephele.smo.lab.conformance.run.NamedCheck;
import eu.nephele.smo.lab.conformance.run.NotTried;
import eu.nephele.smo.lab.conformance.run.RepeatedCalls;
import eu.nephele.smo.lab.conformance.run.ThreadCount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks of an intent handler. */
public final class IntentChecks {

    private static final long LIMIT_MILLIS = 1000;

    /** Time limit in milliseconds, generous because most of the work is the kit's and the machine may be busy. */
    private static final long PREPARE_MILLIS = 4000;

    private final IntentHandler handler;
    private final List<String> names;
    private final List<Position> positions = new ArrayList<>();
    private final List<PreparedIntents> prepared = new ArrayList<>();

    public IntentChecks(IntentHandler handler, List<String> names) {
        this.handler = handler;
        this.names = names;
    }

    private record Position(String name, Scope scope, JsonObject schema) {

        /** @throws FlawException when its schema is not valid */
        PreparedIntents prepared() {
            if (schema.isEmpty()) {
                throw new FlawException(
                        "schema(\"%s\", %s) is empty and takes anything; say at least its type".formatted(name, scope));
            }
            AnswerLimits.flaw(
                            "schema(\"%s\", %s)".formatted(name, scope),
                            schema.toJson(),
                            AnswerLimits.SCHEMA_CHARACTERS)
                    .ifPresent(flaw -> {
                        throw new FlawException(flaw);
                    });
            SchemaShape.check(schema, "");
            List<JsonValue> fitting = IntentSamples.fitting(schema);
            Map<JsonValue, SchemaVerdict> nonsense = new LinkedHashMap<>();
            IntentSamples.nonsense(fitting).forEach(value -> nonsense.put(value, SchemaJudge.judge(schema, value)));
            return new PreparedIntents(
                    fitting.stream().map(this::intent).toList(),
                    Arrays.stream(SchemaVerdict.values())
                            .collect(Collectors.toMap(verdict -> verdict, verdict -> nonsense.keySet().stream()
                                    .filter(value -> nonsense.get(value) == verdict)
                                    .map(this::intent)
                                    .toList())));
        }

        Intent intent(JsonValue value) {
            Optional<String> service = scope == Scope.GRAPH ? Optional.empty() : Optional.of("detect");
            return new Intent(name, SampleGraphs.camera(), service, value);
        }
    }

    /**
     * @param fitting values that its schema accepts
     * @param nonsense values that are hardly valid, by the verdict of its schema
     */
    private record PreparedIntents(List<Intent> fitting, Map<SchemaVerdict, List<Intent>> nonsense) {}

    public List<NamedCheck> all() {
        return List.of(
                new NamedCheck("says where its intents may stand", this::findsPositions),
                new NamedCheck("has a schema that is one", this::hasSchemas),
                new NamedCheck("takes what its schema takes", this::takesWhatFits),
                new NamedCheck("refuses nonsense clearly", this::refusesNonsense),
                new NamedCheck(
                        "gives the same meaning again", session -> repeated().oneAfterTheOther(session, samples())),
                new NamedCheck("gives the same meaning on four threads at once", session -> repeated()
                        .together(session, samples())),
                new NamedCheck("leaves no thread behind", this::leavesNoThread));
    }

    private String findsPositions(ExaminationSession session) {
        if (names.isEmpty()) {
            throw new NotTried("no service property %s, so the intents are not known".formatted(IntentHandler.NAME));
        }
        List<String> found = new ArrayList<>();
        for (String name : names) {
            Set<Scope> scopes = session.examine(LIMIT_MILLIS, "scopes(%s)".formatted(name), () -> {
                Set<Scope> answer = handler.scopes(name);
                return answer == null ? Set.<Scope>of() : Set.copyOf(answer);
            });
            if (scopes.isEmpty()) {
                throw new FlawException("scopes(\"%s\") is empty: no user could write that intent".formatted(name));
            }
            for (Scope scope : Scope.values()) {
                if (scopes.contains(scope)) {
                    JsonObject schema = session.examine(
                            LIMIT_MILLIS, "schema(%s, %s)".formatted(name, scope), () -> Optional.ofNullable(
                                            handler.schema(name, scope))
                                    .orElse(JsonObject.EMPTY));
                    positions.add(new Position(name, scope, schema));
                    found.add("%s: %s".formatted(name, scope));
                }
            }
        }
        return String.join(", ", found);
    }

    private String hasSchemas(ExaminationSession session) {
        if (positions.isEmpty()) {
            throw new NotTried("it is not known where its intents may stand");
        }
        for (Position position : positions) {
            // patterns of the schema are foreign code, too: some never end
            prepared.add(session.examine(PREPARE_MILLIS, "schema of " + position.name(), position::prepared));
        }
        return "";
    }

    private List<Intent> samples() {
        List<Intent> samples =
                prepared.stream().flatMap(each -> each.fitting().stream()).toList();
        if (samples.isEmpty()) {
            throw new NotTried("the kit knows no value that fits the schema; give some as \"examples\" in it");
        }
        return samples;
    }

    private String takesWhatFits(ExaminationSession session) {
        List<Intent> samples = samples();
        long taken = samples.stream()
                .filter(intent -> meaning(session, intent).refused().isEmpty())
                .count();
        return taken == 0
                ? "%d values, all refused; give better ones as \"examples\" in the schema".formatted(samples.size())
                : "%d values, %d refused with a message".formatted(samples.size(), samples.size() - taken);
    }

    private IntentMeaning meaning(ExaminationSession session, Intent intent) {
        return session.examine(LIMIT_MILLIS, text(intent), () -> IntentMeaning.of(handler, intent));
    }

    private static String text(Intent intent) {
        return "%s = %s of %s"
                .formatted(
                        intent.name(),
                        intent.value().toJson(),
                        intent.service().map(id -> "service " + id).orElse("the graph"));
    }

    private String refusesNonsense(ExaminationSession session) {
        if (prepared.isEmpty()) {
            throw new NotTried("it has no schema");
        }
        int byHandler = 0;
        for (SchemaVerdict verdict : List.of(SchemaVerdict.VALID, SchemaVerdict.UNKNOWN)) {
            for (Intent intent : nonsense(verdict)) {
                byHandler += refused(session, intent, verdict) ? 1 : 0;
            }
        }
        int taken = nonsense(SchemaVerdict.VALID).size()
                + nonsense(SchemaVerdict.UNKNOWN).size()
                - byHandler;
        return "%d values refused by the schema, %d by the handler, %d taken"
                .formatted(nonsense(SchemaVerdict.INVALID).size(), byHandler, taken);
    }

    private List<Intent> nonsense(SchemaVerdict verdict) {
        return prepared.stream()
                .flatMap(each -> each.nonsense().getOrDefault(verdict, List.of()).stream())
                .toList();
    }

    private boolean refused(ExaminationSession session, Intent intent, SchemaVerdict verdict) {
        CallOutcome<IntentMeaning> outcome = session.call(LIMIT_MILLIS, () -> IntentMeaning.of(handler, intent));
        if (outcome instanceof Threw<IntentMeaning> threw) {
            if (verdict == SchemaVerdict.VALID) {
                throw new FlawException(
                        "%s: the schema takes it, and it threw %s\nLet the schema refuse it, or throw an IllegalArgumentException that tells the user what is wrong."
                                .formatted(text(intent), threw.problem()));
            }
            return true;
        }
        return outcome.orFlaw(text(intent)).refused().isPresent();
    }

    private RepeatedCalls<Intent, IntentMeaning> repeated() {
        return new RepeatedCalls<>(
                IntentChecks::text, this::meaning, (intent, first) -> used -> IntentMeaning.of(handler, intent));
    }

    private String leavesNoThread(ExaminationSession session) {
        List<Intent> samples = samples();
        return ThreadCount.measure(
                session, () -> samples.stream().limit(3).forEach(intent -> meaning(session, intent)));
    }
}
