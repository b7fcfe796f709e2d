// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.DecisionKind;
import eu.nephele.smo.core.contract.store.GraphStore.CommitResult;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A process that stores graphs and decisions, and prints each one, until it is killed. */
final class Writer {

    private static final int THREADS = 4;

    private Writer() {}

    /** @param arguments directory of the database */
    public static void main(String[] arguments) throws Exception {
        Stores stores = Stores.embedded(Path.of(arguments[0]));
        stores.capacity().setLimits(Samples.cpu(Samples.C1, Long.MAX_VALUE));
        for (int thread = 0; thread < THREADS; thread++) {
            new Thread(() -> write(stores)).start();
        }
    }

    private static void write(Stores stores) {
        for (int i = 0; ; i++) {
            String name = UUID.randomUUID().toString();
            GraphId graph = Samples.graph(name);
            stores.graphs().insert(Samples.desired(graph), TransactionalWrites.NOTHING);
            say("graph " + name);
            CommitResult result = stores.graphs()
                    .commit(
                            graph,
                            1,
                            Samples.decided(1),
                            Samples.cpu(Samples.C1, 5),
                            Optional.of(decision(graph, i)),
                            TransactionalWrites.of(
                                    List.of(LifecycleSamples.event(graph, i)), List.of(operation(graph))));
            say((result == CommitResult.STORED ? "commit " : "refused ") + name);
            stores.decisions().append(List.of(decision(graph, i)));
            say("decision " + name);
        }
    }

    private static Operation operation(GraphId graph) {
        Operation sample = LifecycleSamples.drain();
        return new Operation(
                graph.name(),
                sample.kind(),
                ResourceRef.of(graph),
                Operation.State.SUCCEEDED,
                1,
                1,
                sample.origin(),
                sample.times(),
                sample.steps(),
                sample.stages(),
                sample.error(),
                sample.message());
    }

    private static DecisionRecord decision(GraphId graph, int number) {
        return new DecisionRecord(
                UUID.randomUUID().toString(),
                DecisionKind.PLACEMENT,
                graph,
                1,
                Samples.NOW,
                "deploy",
                new DecisionRecord.Strategy("first-fit", "1"),
                "placed",
                false,
                Duration.ZERO,
                Optional.of(Samples.snapshot("s" + number)),
                JsonObject.EMPTY);
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
