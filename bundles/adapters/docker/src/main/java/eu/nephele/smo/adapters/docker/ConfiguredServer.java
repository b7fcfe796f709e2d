// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker;

import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One configuration: a server, and the way to its engine. A change of the configuration does not make another one: it may be of nothing
 * that is read here, like the mark that the watcher of files leaves on what it has read, and a server that is the same stays connected.
 * One with a wrong value is there too, without a server: a correction is a change like others. {@link ServerConfigCheck} shows what is
 * wrong.
 */
@Component(
        service = ConfiguredServer.class,
        configurationPid = ConfiguredServer.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = DockerServerConfig.class, factory = true)
public final class ConfiguredServer {

    static final String PID = "eu.nephele.smo.adapters.docker";

    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredServer.class);

    private volatile Optional<ServerAccess> access;

    @Activate
    public ConfiguredServer(DockerServerConfig config, Map<String, Object> properties) {
        access = read(config, properties);
    }

    @Modified
    void modified(DockerServerConfig config, Map<String, Object> properties) {
        access = read(config, properties);
    }

    private static Optional<ServerAccess> read(DockerServerConfig config, Map<String, Object> properties) {
        DockerServerConfigReader reader = DockerServerConfigReader.from(config, properties);
        try {
            return Optional.of(reader.access());
        } catch (RuntimeException invalid) { // of SCR too: a number that is none
            LOG.error("no server of a wrong configuration pid={} reason=\"{}\"", reader.pid(), invalid.getMessage());
            return Optional.empty();
        }
    }

    /** What the configuration says now; empty while it is invalid. */
    Optional<ServerAccess> access() {
        return access;
    }
}
