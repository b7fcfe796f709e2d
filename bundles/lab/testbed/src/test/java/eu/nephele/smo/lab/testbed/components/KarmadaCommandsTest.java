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
    void membersJoinByTheirContext() {
        assertThat(COMMANDS.join(Path.of("/bin/karmadactl"), "c1", Path.of("/c1")))
                .containsExactly(
                        "/bin/karmadactl",
                        "join",
                        "c1",
                        "--kubeconfig=/kubeconfig",
                        "--cluster-kubeconfig=/c1",
                        "--cluster-context=c1");
    }
}
