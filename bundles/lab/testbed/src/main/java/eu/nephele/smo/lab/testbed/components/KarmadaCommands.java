// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.components;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The command lines of Karmada's programs, 1.5 and newer. Flags have changed between versions: those that differ are chosen by what
 * the program says with {@code --help}.
 *
 * @param ports of the aggregated API server, the webhook, controller manager and scheduler, then three for metrics and one for the
 *     health of the webhook
 */
record KarmadaCommands(Path kubeconfig, int etcdPort, List<Integer> ports) {

    static final int PORTS = 8;

    private static final String LOOPBACK = "127.0.0.1";
    private static final String FAIRNESS = "APIPriorityAndFairness";
    private static final String POLICY_PLUGIN = "ValidatingAdmissionPolicy";
    private static final String NO_PLUGINS = "--disable-admission-plugins";

    /**
     * Controllers that need kinds that Kubernetes 1.20 does not have (EndpointSlice v1, HorizontalPodAutoscaler v2).
     * One that waits for such a kind keeps others waiting: those of one member share its watches.
     */
    private static final List<String> TOO_NEW = List.of("serviceExport", "endpointsliceCollect", "hpaReplicasSyncer");

    /** On by default in some versions and off in others. */
    private static final List<String> GATES = List.of("Failover", "GracefulEviction", "PropagateDeps");

    int aggregatedPort() {
        return ports.get(0);
    }

    int webhookPort() {
        return ports.get(1);
    }

    int controllersPort() {
        return ports.get(2);
    }

    int schedulerPort() {
        return ports.get(3);
    }

    /** @param pair {@code tls.crt} and {@code tls.key} are in it */
    List<String> aggregatedApiServer(Path program, String help, Path pair) {
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--kubeconfig=" + kubeconfig,
                "--authentication-kubeconfig=" + kubeconfig,
                "--authorization-kubeconfig=" + kubeconfig,
                "--etcd-servers=http://" + LOOPBACK + ":" + etcdPort,
                "--tls-cert-file=" + pair.resolve("tls.crt"),
                "--tls-private-key-file=" + pair.resolve("tls.key"),
                "--bind-address=" + LOOPBACK,
                "--secure-port=" + aggregatedPort(),
                "--cert-dir=" + pair));
        if (help.contains(FAIRNESS)) {
            command.add("--feature-gates=" + FAIRNESS + "=false"); // asks for kinds that the API server may not have
        }
        // so does this one; where it has a gate, the gate is off
        if (help.contains(NO_PLUGINS)
                && help.contains(POLICY_PLUGIN)
                && !help.contains(POLICY_PLUGIN + "=true|false")) {
            command.add(NO_PLUGINS + "=" + POLICY_PLUGIN);
        }
        return List.copyOf(command);
    }

    List<String> webhook(Path program, String help, Path pair) {
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--kubeconfig=" + kubeconfig,
                "--bind-address=" + LOOPBACK,
                "--secure-port=" + webhookPort(),
                "--cert-dir=" + pair));
        addWhereKnown(command, help, "--metrics-bind-address", LOOPBACK + ":" + ports.get(4));
        addWhereKnown(command, help, "--health-probe-bind-address", LOOPBACK + ":" + ports.get(7));
        return List.copyOf(command);
    }

    /** No leader election: it is the only one, and a new one must not wait for the lease of a killed one. */
    List<String> controllerManager(Path program, String help) {
        List<String> command =
                new ArrayList<>(List.of(program.toString(), "--kubeconfig=" + kubeconfig, "--leader-elect=false"));
        addHealth(command, help, controllersPort());
        addWhereKnown(command, help, "--metrics-bind-address", LOOPBACK + ":" + ports.get(5));
        addWhereKnown(command, help, "--failover-eviction-timeout", "30s"); // as Karmada's own scripts
        addGates(command, help);
        String off = TOO_NEW.stream()
                .filter(controller -> Pattern.compile("\\b" + controller + "\\b")
                        .matcher(help)
                        .find())
                .map(controller -> ",-" + controller)
                .collect(Collectors.joining());
        if (!off.isEmpty()) {
            command.add("--controllers=*" + off);
        }
        return List.copyOf(command);
    }

    List<String> scheduler(Path program, String help) {
        List<String> command =
                new ArrayList<>(List.of(program.toString(), "--kubeconfig=" + kubeconfig, "--leader-elect=false"));
        addHealth(command, help, schedulerPort());
        addWhereKnown(command, help, "--metrics-bind-address", LOOPBACK + ":" + ports.get(6));
        addGates(command, help);
        return List.copyOf(command);
    }

    List<String> join(Path karmadactl, String help, JoiningMember joining) {
        List<String> command = new ArrayList<>(List.of(
                karmadactl.toString(),
                "join",
                joining.name(),
                "--kubeconfig=" + kubeconfig,
                "--cluster-kubeconfig=" + joining.kubeconfig(),
                "--cluster-context=" + joining.name()));
        addWhereKnown(command, help, "--cluster-region", joining.region());
        addWhereKnown(
                command, help, help.contains("--cluster-zones") ? "--cluster-zones" : "--cluster-zone", joining.zone());
        return List.copyOf(command);
    }

    /** One address in newer versions, address and port apart in older ones. */
    private static void addHealth(List<String> command, String help, int port) {
        if (help.contains("--health-probe-bind-address")) {
            command.add("--health-probe-bind-address=" + LOOPBACK + ":" + port);
        } else {
            command.add("--bind-address=" + LOOPBACK);
            command.add("--secure-port=" + port);
        }
    }

    /** Feature gates that a version knows and has off. */
    private static void addGates(List<String> command, String help) {
        String on = GATES.stream()
                .filter(gate -> Pattern.compile("\\b" + gate + "=true\\|false \\(\\w+ - default=false\\)")
                        .matcher(help)
                        .find())
                .map(gate -> gate + "=true")
                .collect(Collectors.joining(","));
        if (!on.isEmpty()) {
            command.add("--feature-gates=" + on);
        }
    }

    private static void addWhereKnown(List<String> command, String help, String flag, String value) {
        if (help.contains(flag)) {
            command.add(flag + "=" + value);
        }
    }
}
