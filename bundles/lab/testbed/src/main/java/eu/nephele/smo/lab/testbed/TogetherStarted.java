// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import eu.nephele.smo.lab.testbed.components.Binaries;
import eu.nephele.smo.lab.testbed.components.KubernetesServer;
import eu.nephele.smo.lab.testbed.components.KubernetesSpec;
import eu.nephele.smo.lab.testbed.components.MissingComponentException;
import eu.nephele.smo.lab.testbed.components.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Starts API servers at the same time, since they wait during most of their start. */
record TogetherStarted(Binaries binaries, Processes processes, Path folder) {

    private static final long END_SECONDS = 10;

    Map<String, KubernetesServer> start(Collection<KubernetesSpec> wanted)
            throws MissingComponentException, IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, wanted.size()));
        try {
            Map<String, Future<KubernetesServer>> starting = new LinkedHashMap<>();
            for (KubernetesSpec spec : wanted) {
                starting.put(
                        spec.name(),
                        threads.submit(
                                () -> KubernetesServer.start(spec, folder.resolve(spec.name()), binaries, processes)));
            }
            Map<String, KubernetesServer> started = new LinkedHashMap<>();
            for (Map.Entry<String, Future<KubernetesServer>> one : starting.entrySet()) {
                started.put(one.getKey(), result(one.getValue()));
            }
            return started;
        } finally {
            threads.shutdownNow();
            threads.awaitTermination(
                    END_SECONDS, TimeUnit.SECONDS); // a thread that starts a program later would leave it behind
        }
    }

    private static KubernetesServer result(Future<KubernetesServer> future)
            throws MissingComponentException, IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MissingComponentException missingComponentException) {
                throw missingComponentException;
            }
            throw new IOException(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
        }
    }
}
