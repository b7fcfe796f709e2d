// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.SecretSource;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

class LocatedSecretsTest {

    private final BundleContext context = mock(BundleContext.class);

    @SuppressWarnings("unchecked")
    private final ServiceReference<SecretSource> reference = mock(ServiceReference.class);

    /** A source that needs HTTP itself is activated while it is bound: to get it then would fail, and leave it out for ever. */
    @Test
    void aSourceIsGotWithItsFirstSecretAndKept() {
        when(reference.getProperties()).thenReturn(new Hashtable<>(Map.of(SecretSource.SCHEME, "vault")));
        JdkHttpSystems systems = new JdkHttpSystems(context);
        systems.bindSecrets(reference);
        verify(context, never()).getService(any());

        when(context.getService(reference)).thenReturn(secret -> Optional.of("a"));
        LocatedSecrets source = new LocatedSecrets(context, reference);
        assertThat(source.resolve("vault:kv/a#b")).contains("a");
        assertThat(source.resolve("vault:kv/a#b")).contains("a");
        verify(context, times(1)).getService(reference);

        source.close();
        source.close();
        verify(context, times(1)).ungetService(reference);
        systems.unbindSecrets(reference);
        verify(context, times(1)).ungetService(reference);
    }

    @Test
    void oneThatIsNotThereYetIsTriedAgain() {
        LocatedSecrets source = new LocatedSecrets(context, reference);
        assertThatThrownBy(() -> source.resolve("vault:kv/a#b"))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("the source of the secret vault:kv/a#b is not available yet");
        when(context.getService(reference)).thenReturn(secret -> Optional.of("a"));
        assertThat(source.resolve("vault:kv/a#b")).contains("a");
    }
}
