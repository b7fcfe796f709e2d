// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker;

import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/**
 * One configuration: a server, and the way to its engine. A change of the configuration does not make another one: it may be of nothing
 * that is read here, like the mark that the watcher of files leaves on what it has read, and a server that is the same stays connected.
 */
@Component(
        service = ConfiguredServer.class,
        configurationPid = "eu.nephele.smo.adapters.docker",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = DockerServerConfig.class, factory = true)
public final class ConfiguredServer {

    private volatile Optional<ServerAccess> access;

    /** @throws IllegalArgumentException if a value is invalid; the message names its key */
    @Activate
    public ConfiguredServer(DockerServerConfig config, Map<String, Object> properties) {
        access = Optional.of(read(config, properties));
    }

    /** @throws IllegalArgumentException if a value is invalid; there is no server until it is valid again */
    @Modified
    void modified(DockerServerConfig config, Map<String, Object> properties) {
        try {
            access = Optional.of(read(config, properties));
        } catch (IllegalArgumentException invalid) {
            access = Optional.empty();
            throw invalid;
        }
    }

    private static ServerAccess read(DockerServerConfig config, Map<String, Object> properties) {
        return new DockerServerConfigReader(config, String.valueOf(properties.get("service.pid"))).access();
    }

    /** What the configuration says now; empty while it is invalid. */
    Optional<ServerAccess> access() {
        return access;
    }
}
