// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.load;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.core.contract.access.AuditTrail;
import java.time.Instant;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An audit that keeps nothing, in front of the real one: without an audit no change is accepted, and what that one costs could not be
 * measured.
 */
@Component(
        service = {},
        configurationPid = "eu.nephele.smo.lab.harness.load.silence",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = SilentTrail.SilenceConfig.class)
public final class SilentTrail implements AuditTrail {

    private static final Logger LOG = LoggerFactory.getLogger(SilentTrail.class);

    private static final int BEFORE_THE_REAL_ONE = 1_000_000;

    private final ServiceRegistration<AuditTrail> registration;

    @ObjectClassDefinition(
            name = "SMO lab: an audit that keeps nothing",
            description =
                    "While it is configured, nothing is recorded of who changes what: for measurements of what that costs, by"
                            + " ./smo bench engine.")
    @interface SilenceConfig {

        @AttributeDefinition(description = "Why it is silent; for whoever finds the file.")
        String reason() default "a measurement";
    }

    /**
     * Registers itself: nothing of the product is made for an audit that the lab provides.
     *
     * @param present has the silence as its last entry
     */
    @Activate
    public SilentTrail(BundleContext context, SilenceConfig config, @Reference AuditTrail present) {
        present.record(new AuditRecord(Instant.now(), "smo", "", "audit.silence", "audit/chain", "accepted", ""));
        LOG.warn("nothing is in the audit while this is configured reason=\"{}\"", config.reason());
        registration = context.registerService(
                AuditTrail.class,
                this,
                FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, BEFORE_THE_REAL_ONE)));
    }

    @Deactivate
    void close() {
        registration.unregister();
    }

    @Override
    public void record(AuditRecord entry) {}
}
