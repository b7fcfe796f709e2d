// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.engine;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.InternetProtocol;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.RestartPolicy;
import eu.nephele.smo.adapters.docker.model.ContainerSpec;
import eu.nephele.smo.adapters.docker.model.ContainerSpec.PublishedPort;
import eu.nephele.smo.api.model.Resources;
import java.util.List;

/** A draft as options of the engine's own command. */
record DraftOptions(ContainerDraft draft) {

    private static final long NANOS_OF_A_MILLI = 1_000_000;
    private static final String HOST_NETWORK = "host";

    void putInto(CreateContainerCmd command) {
        ContainerSpec spec = draft.spec();
        HostConfig host = HostConfig.newHostConfig()
                .withRestartPolicy(RestartPolicy.parse(spec.restart()))
                .withBinds(spec.volumes().stream().map(Bind::parse).toList());
        Resources limits = draft.record().perReplica();
        if (limits.cpuMillis() > 0) {
            host.withNanoCPUs(limits.cpuMillis() * NANOS_OF_A_MILLI);
        }
        if (limits.memoryBytes() > 0) {
            host.withMemory(limits.memoryBytes());
        }
        if (!draft.network().isEmpty()) {
            host.withNetworkMode(draft.network());
        }
        if (!draft.network().equals(HOST_NETWORK)) {
            host.withPortBindings(
                    spec.ports().stream().map(DraftOptions::binding).toList());
            command.withExposedPorts(
                    spec.ports().stream().map(DraftOptions::exposed).toList());
        }
        command.withName(draft.name().text())
                .withLabels(draft.record().labels())
                .withEnv(draft.environment())
                .withHostConfig(host);
        List<String> words = spec.command();
        if (!words.isEmpty()) {
            command.withCmd(words);
        }
    }

    private static PortBinding binding(PublishedPort port) {
        Ports.Binding chosen = port.host() == 0 ? Ports.Binding.empty() : Ports.Binding.bindPort(port.host());
        return new PortBinding(chosen, exposed(port));
    }

    private static ExposedPort exposed(PublishedPort port) {
        return new ExposedPort(port.container(), InternetProtocol.parse(port.protocol()));
    }
}
