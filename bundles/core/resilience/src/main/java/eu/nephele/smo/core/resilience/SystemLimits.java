// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;

/** The limits of one system that differ from those of all, one per configuration. */
@Component(
        service = SystemLimits.class,
        configurationPid = SystemLimits.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = SystemConfig.class, factory = true)
public final class SystemLimits {

    static final String PID = "eu.nephele.smo.core.resilience.system";

    private final String system;
    private final SystemConfig config;
    private final LimitsReader reader;

    /** @param properties of the configuration: its PID has the name of the system behind ~ */
    @Activate
    public SystemLimits(SystemConfig config, Map<String, Object> properties) {
        String pid = String.valueOf(properties.get("service.pid"));
        this.reader = new LimitsReader(pid);
        this.config = config;
        this.system = config.system().isBlank() ? pid.substring(pid.indexOf('~') + 1) : config.system();
        if (system.isBlank() || system.equals(PID)) {
            throw new IllegalArgumentException(
                    "Configuration %s: system is empty, expected the name of a system, or %s~NAME as PID"
                            .formatted(pid, PID));
        }
        reader.check(config);
    }

    String system() {
        return system;
    }

    /** These limits where there are any, else those of all. */
    Limits over(Limits all) {
        return reader.read(config, all);
    }
}
