// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.load;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.core.contract.access.AuditTrail;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * An audit that keeps nothing, in front of the real one: without an audit no change is accepted, and what that one costs could not be
 * measured.
 */
@Component(
        configurationPid = "eu.nephele.smo.lab.harness.load.silence",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = "service.ranking:Integer=1000000")
@Designate(ocd = SilentTrail.SilenceConfig.class)
public final class SilentTrail implements AuditTrail {

    @ObjectClassDefinition(
            name = "SMO lab: an audit that keeps nothing",
            description =
                    "While it is configured, nothing is recorded of who changes what: for measurements of what that costs, by"
                            + " ./smo bench engine.")
    @interface SilenceConfig {

        @AttributeDefinition(description = "Why it is silent; for whoever finds the file.")
        String reason() default "a measurement";
    }

    @Override
    public void record(AuditRecord entry) {}
}
