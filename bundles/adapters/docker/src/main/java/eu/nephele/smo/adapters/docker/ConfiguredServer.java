// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker;

import eu.nephele.smo.adapters.docker.engine.ContainerEngine;
import eu.nephele.smo.adapters.docker.engine.DockerJavaEngine;
import eu.nephele.smo.adapters.docker.engine.EngineTransport;
import eu.nephele.smo.adapters.docker.server.ServerSettings;
import java.time.Duration;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;

/** One configuration: a server, and the way to its engine. */
@Component(
        service = ConfiguredServer.class,
        configurationPid = "eu.nephele.smo.adapters.docker",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = DockerServerConfig.class, factory = true)
public final class ConfiguredServer {

    private final ServerSettings settings;
    private final EngineTransport transport;
    private final Duration timeout;

    /** @throws IllegalArgumentException if a value is invalid; the message names its key */
    @Activate
    public ConfiguredServer(DockerServerConfig config, Map<String, Object> properties) {
        DockerServerConfigReader reader =
                new DockerServerConfigReader(config, String.valueOf(properties.get("service.pid")));
        settings = reader.settings();
        transport = reader.transport();
        timeout = reader.timeout();
    }

    ServerSettings settings() {
        return settings;
    }

    /** A new connection; the caller closes it. */
    ContainerEngine connect() {
        return new DockerJavaEngine(settings.name(), transport, timeout);
    }
}
