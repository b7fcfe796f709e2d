// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker;

import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;

/**
 * Starts for each configuration of a server without a wrong value, and else not: whoever asks for components that have not started, like
 * {@code /health/ready}, is told why. {@link ConfiguredServer} cannot be that component: one that has not started is not told of changes.
 */
@Component(
        service = {},
        configurationPid = ConfiguredServer.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true)
public final class ServerConfigCheck {

    /** @throws IllegalArgumentException if a value is invalid; the message names its key */
    @Activate
    public ServerConfigCheck(DockerServerConfig config, Map<String, Object> properties) {
        ServerAccess unused = DockerServerConfigReader.from(config, properties).access();
    }
}
