// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import eu.nephele.smo.core.contract.access.AuditTrail;
import java.util.Dictionary;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;

class SilentTrailTest {

    @Test
    @SuppressWarnings("unchecked")
    void itStandsBeforeTheRealOneWhileItIsConfigured() {
        BundleContext context = mock(BundleContext.class);
        ServiceRegistration<AuditTrail> registration = mock(ServiceRegistration.class);
        when(context.registerService(eq(AuditTrail.class), any(AuditTrail.class), any()))
                .thenReturn(registration);
        AuditTrail present = mock(AuditTrail.class);
        SilentTrail.SilenceConfig config = mock(SilentTrail.SilenceConfig.class);

        SilentTrail trail = new SilentTrail(context, config, present);

        ArgumentCaptor<Dictionary<String, Object>> properties = ArgumentCaptor.forClass(Dictionary.class);
        verify(context).registerService(eq(AuditTrail.class), eq(trail), properties.capture());
        assertThat((Integer) properties.getValue().get(Constants.SERVICE_RANKING))
                .isPositive();
        verify(present).record(argThat(entry -> entry.action().equals("audit.silence")));
        trail.close();
        verify(registration).unregister();
    }
}
