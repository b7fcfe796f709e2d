// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.core.contract.measure.Metric;
import eu.nephele.smo.core.contract.measure.MetricType;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Passwords in this server, and what is configured of them; logins and Basic credentials share its limits. */
@Component(service = PasswordService.class, configurationPid = "eu.nephele.smo.core.identity")
@Designate(ocd = IdentityConfig.class)
@Metric(
        value = "smo_identity_passwords_total",
        type = MetricType.COUNTER,
        unit = "checks",
        labels = "outcome=accepted|wrong|throttled|busy",
        meaning = "Checks of passwords, at logins and of Basic credentials: accepted; wrong, or of nobody; "
                + "not checked after too many failures; not checked while too many others are. Passwords "
                + "that were right within the last minute do not count. Appears with the first")
public final class PasswordService {

    private final PasswordHasher hasher = PasswordHasher.recommended();
    private final PasswordCheck check = new PasswordCheck(hasher, System::nanoTime, this::count);

    private final IdentitySettings settings;

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC, policyOption = GREEDY)
    private volatile List<MetricsRecorder> recorders = List.of();

    @Activate
    public PasswordService(IdentityConfig config) {
        this.settings = IdentitySettings.from(config);
    }

    private void count(String outcome) {
        recorders.forEach(recorder -> recorder.count("smo_identity_passwords_total", Map.of("outcome", outcome)));
    }

    IdentitySettings settings() {
        return settings;
    }

    PasswordHasher hasher() {
        return hasher;
    }

    PasswordCheck check() {
        return check;
    }
}
