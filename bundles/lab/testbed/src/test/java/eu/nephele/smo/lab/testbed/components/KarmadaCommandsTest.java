// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.components;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class KarmadaCommandsTest {

    private static final Path BIN = Path.of("/bin/program");
    private static final Path PAIR = Path.of("/pair");
    private static final KarmadaCommands COMMANDS =
            new KarmadaCommands(Path.of("/kubeconfig"), 2379, List.of(1, 2, 3, 4, 5, 6, 7, 8));

    @Test
    void anOlderControllerManagerHasAnAddressAndAPort() {
        assertThat(COMMANDS.controllerManager(BIN, "--bind-address --secure-port --metrics-bind-address"))
                .containsExactly(
                        "/bin/program",
                        "--kubeconfig=/kubeconfig",
                        "--leader-elect=false",
                        "--bind-address=127.0.0.1",
                        "--secure-port=3",
                        "--metrics-bind-address=127.0.0.1:6");
    }

    @Test
    void aNewerOneHasOneAddressForItsHealth() {
        String help = "--health-probe-bind-address --metrics-bind-address --failover-eviction-timeout";

        assertThat(COMMANDS.controllerManager(BIN, help))
                .contains("--health-probe-bind-address=127.0.0.1:3", "--failover-eviction-timeout=30s")
                .noneMatch(argument -> argument.startsWith("--secure-port"));
        assertThat(COMMANDS.scheduler(BIN, help))
                .contains("--health-probe-bind-address=127.0.0.1:4", "--metrics-bind-address=127.0.0.1:7");
    }

    @Test
    void theAggregatedApiServerSharesTheEtcdOfTheControlPlane() {
        List<String> command =
                COMMANDS.aggregatedApiServer(BIN, "--feature-gates APIPriorityAndFairness=true|false", PAIR);

        assertThat(command)
                .contains(
                        "--etcd-servers=http://127.0.0.1:2379",
                        "--authentication-kubeconfig=/kubeconfig",
                        "--authorization-kubeconfig=/kubeconfig",
                        "--tls-cert-file=/pair/tls.crt",
                        "--tls-private-key-file=/pair/tls.key",
                        "--secure-port=1",
                        "--feature-gates=APIPriorityAndFairness=false");
        assertThat(COMMANDS.aggregatedApiServer(BIN, "", PAIR))
                .noneMatch(argument -> argument.contains("feature-gates"));
    }

    @Test
    void everythingListensOnTheLoopbackAddressOnPortsOfItsOwn() {
        String help = "--metrics-bind-address --health-probe-bind-address";
        List<String> webhook = COMMANDS.webhook(BIN, help, PAIR);

        assertThat(webhook)
                .contains(
                        "--bind-address=127.0.0.1",
                        "--secure-port=2",
                        "--cert-dir=/pair",
                        "--metrics-bind-address=127.0.0.1:5",
                        "--health-probe-bind-address=127.0.0.1:8");
    }

    @Test
    void membersJoinByTheirContextWithTheirPlace() {
        JoiningMember member = new JoiningMember("c1", Path.of("/c1"), "be", "be-bru");

        assertThat(COMMANDS.join(Path.of("/bin/karmadactl"), "--cluster-region --cluster-zones", member))
                .containsExactly(
                        "/bin/karmadactl",
                        "join",
                        "c1",
                        "--kubeconfig=/kubeconfig",
                        "--cluster-kubeconfig=/c1",
                        "--cluster-context=c1",
                        "--cluster-region=be",
                        "--cluster-zones=be-bru");
        assertThat(COMMANDS.join(BIN, "--cluster-region string --cluster-zone string", member))
                .contains("--cluster-zone=be-bru");
        assertThat(COMMANDS.join(BIN, "", member)).noneMatch(argument -> argument.contains("=be"));
    }

    @Test
    void controllersThatWaitForKindsTheApiServersDoNotHaveAreOff() {
        String older =
                "A list of controllers to enable. All controllers: binding, endpointSlice, serviceExport, serviceImport.";
        String newer = older + " endpointsliceCollect, endpointsliceDispatch, hpaReplicasSyncer, hpaScaleTargetMarker";

        assertThat(COMMANDS.controllerManager(BIN, older)).contains("--controllers=*,-serviceExport");
        assertThat(COMMANDS.controllerManager(BIN, newer))
                .contains("--controllers=*,-serviceExport,-endpointsliceCollect,-hpaReplicasSyncer");
        assertThat(COMMANDS.controllerManager(BIN, "")).noneMatch(argument -> argument.startsWith("--controllers"));
    }

    @Test
    void whatKarmada15DoesByDefaultNewerOnesDoToo() {
        String older = """
                Failover=true|false (BETA - default=true)
                GracefulEviction=true|false (BETA - default=true)
                PropagateDeps=true|false (BETA - default=true)
                """;
        String newer = older.replaceFirst("BETA - default=true", "BETA - default=false");

        assertThat(COMMANDS.controllerManager(BIN, older))
                .noneMatch(argument -> argument.startsWith("--feature-gates"));
        assertThat(COMMANDS.controllerManager(BIN, newer)).contains("--feature-gates=Failover=true");
        assertThat(COMMANDS.scheduler(BIN, newer.replace("(BETA - default=true)", "(ALPHA - default=false)")))
                .contains("--feature-gates=Failover=true,GracefulEviction=true,PropagateDeps=true");
    }

    @Test
    void policiesOfAdmissionAreNotAskedForWhereTheyHaveNoGate() {
        String plugins = "--disable-admission-plugins strings (NamespaceLifecycle, ValidatingAdmissionPolicy)";

        assertThat(COMMANDS.aggregatedApiServer(BIN, plugins, PAIR))
                .contains("--disable-admission-plugins=ValidatingAdmissionPolicy");
        assertThat(COMMANDS.aggregatedApiServer(
                        BIN, plugins + " ValidatingAdmissionPolicy=true|false (ALPHA - default=false)", PAIR))
                .noneMatch(argument -> argument.startsWith("--disable-admission-plugins"));
        assertThat(COMMANDS.aggregatedApiServer(BIN, "ValidatingAdmissionPolicy", PAIR))
                .noneMatch(argument -> argument.startsWith("--disable-admission-plugins"));
    }
}
