// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import eu.nephele.smo.lab.testbed.components.KarmadaPrograms;
import eu.nephele.smo.lab.testbed.components.KubernetesServer;
import eu.nephele.smo.lab.testbed.players.ApiServer;
import eu.nephele.smo.lab.testbed.players.Karmada;
import eu.nephele.smo.lab.testbed.players.ObjectKinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A real Karmada on an API server of the test bed. Which of its parts were ever run is in the README. */
final class RealKarmada implements Karmada {

    private static final int SECONDS = 60;

    private final KarmadaPrograms programs;

    private RealKarmada(KarmadaPrograms programs) {
        this.programs = programs;
    }

    /**
     * Starts its programs in their order and lets members join.
     *
     * @param host the control plane without controllers, which start when the kinds of Karmada are there
     */
    static RealKarmada start(
            KubernetesServer host, ApiServer client, List<KubernetesServer> members, KarmadaPrograms programs)
            throws IOException, InterruptedException {
        RealKarmada karmada = new RealKarmada(programs);
        try {
            karmada.prepare(host, client);
            for (KubernetesServer member : members) {
                programs.join(member.name(), member.kubeconfig());
            }
            return karmada;
        } catch (IOException | InterruptedException | RuntimeException e) {
            karmada.close();
            throw e;
        }
    }

    private void prepare(KubernetesServer host, ApiServer client) throws IOException, InterruptedException {
        String authority = Files.readString(host.authority());
        for (Path definition : definitions(programs.definitions())) {
            ObjectKinds.install(client, Files.readString(definition));
        }
        client.apply(KarmadaObjects.namespace());
        host.startControllers();
        programs.startAggregatedApiServer();
        KarmadaObjects.aggregation(programs.aggregatedPort(), authority).forEach(client::create);
        client.awaitAnswer(KarmadaObjects.CLUSTERS_PATH, SECONDS);
        programs.startWebhook();
        KarmadaObjects.webhooks(programs.webhook(), authority).forEach(client::apply);
        programs.startControllerManager();
        programs.startScheduler();
    }

    /** Those below {@code bases}, where a release has them beside patches; else all. */
    static List<Path> definitions(Path folder) throws IOException {
        Path bases = folder.resolve("bases");
        try (Stream<Path> files = Files.walk(Files.isDirectory(bases) ? bases : folder)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw new IOException(folder + " has no definitions of kinds: unpack crds.tar.gz of a release there");
            }
            return found;
        }
    }

    @Override
    public void setControllersRunning(boolean running) throws IOException, InterruptedException {
        if (running) {
            programs.startControllerManager();
        } else {
            programs.kill("karmada-controller-manager");
        }
    }

    @Override
    public void setSchedulerRunning(boolean running) throws IOException, InterruptedException {
        if (running) {
            programs.startScheduler();
        } else {
            programs.kill("karmada-scheduler");
        }
    }

    @Override
    public void close() throws IOException {
        programs.close();
    }
}
