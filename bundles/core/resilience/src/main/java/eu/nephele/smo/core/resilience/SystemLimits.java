// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The limits of one system that differ from those of all, one per configuration. They change in place: a wrong value in a change
 * leaves those before it, instead of those of all.
 */
@Component(
        service = SystemLimits.class,
        configurationPid = SystemLimits.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = SystemConfig.class, factory = true)
public final class SystemLimits {

    static final String PID = "eu.nephele.smo.core.resilience.system";

    private record Own(String system, SystemConfig config, LimitsReader reader) {

        static Own create(SystemConfig config, Map<String, Object> properties) {
            String pid = String.valueOf(properties.get("service.pid"));
            String system = config.system().isBlank() ? pid.substring(pid.indexOf('~') + 1) : config.system();
            if (system.isBlank() || system.equals(PID)) {
                throw new IllegalArgumentException(
                        "Configuration %s: system is empty, expected the name of a system, or %s~NAME as PID"
                                .formatted(pid, PID));
            }
            Own own = new Own(system, config, new LimitsReader(pid));
            own.reader.check(config);
            return own;
        }
    }

    private volatile Own own;

    /** @param properties of the configuration: its PID has the name of the system behind ~ */
    @Activate
    public SystemLimits(SystemConfig config, Map<String, Object> properties) {
        this.own = Own.create(config, properties);
    }

    @Modified
    void change(SystemConfig config, Map<String, Object> properties) {
        own = Own.create(config, properties);
    }

    String system() {
        return own.system();
    }

    /** These limits where there are any, else those of all. */
    GuardLimits over(GuardLimits all) {
        Own now = own;
        return now.reader().read(now.config(), all);
    }
}
