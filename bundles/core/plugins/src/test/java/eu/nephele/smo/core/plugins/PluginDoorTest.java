// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockingDetails;
import static org.mockito.Mockito.when;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.access.DoorContract;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.PluginService;
import eu.nephele.smo.core.contract.plugin.PluginService.PluginUse;
import eu.nephele.smo.core.contract.plugin.PluginSigner;
import eu.nephele.smo.core.contract.plugin.PluginSigners;
import eu.nephele.smo.core.plugins.settings.PluginSettings;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Permissions for plugins; the service behind the authorization check is a fake. */
class PluginDoorTest extends DoorContract {

    private static final String ID = "acme.cheapest";
    private static final Set<String> READS = Set.of("plugins", "versions", "uses", "signers");
    private static final List<PluginUse> USES =
            List.of(new PluginUse("mine/g", "placement"), new PluginUse("theirs/g", "decision 1"));
    private static final Plugin PLUGIN = new Plugin(
            ID,
            "1.0.0",
            new Plugin.PluginArtifact("acme.jar", "00", Optional.empty()),
            Plugin.PluginState.ACTIVE,
            "",
            false,
            Plugin.InstallSource.REST,
            List.of(),
            Optional.empty(),
            List.of(),
            List.of(),
            new Plugin.PluginTimes(Instant.EPOCH, Instant.EPOCH));

    private final PluginModule pluginModule = mock();
    private final PluginLifecycle pluginLifecycle = mock();
    private final SignerLifecycle signerLifecycle = mock();
    private final PluginsComponent pluginsComponent =
            new PluginsComponent(new AtomicReference<>(mock(PluginSettings.class)), pluginModule, rights);

    @BeforeAll
    void furnish() {
        when(pluginModule.desk()).thenReturn(pluginLifecycle);
        when(pluginModule.signers()).thenReturn(signerLifecycle);
        when(signerLifecycle.signers())
                .thenReturn(List.of(new PluginSigner("acme", PluginSigner.SignerScope.STRATEGIES, List.of())));
        when(pluginLifecycle.plugins()).thenReturn(List.of(PLUGIN));
        when(pluginLifecycle.versions(ID)).thenReturn(List.of(PLUGIN));
        when(pluginLifecycle.uses(ID)).thenReturn(USES);
    }

    @AfterAll
    void end() {
        pluginsComponent.close();
    }

    @Override
    protected Map<Class<?>, Object> doors() {
        return Map.of(PluginService.class, pluginsComponent, PluginSigners.class, pluginsComponent);
    }

    @Override
    protected boolean onlyReads(Method method) {
        return READS.contains(method.getName());
    }

    @Override
    protected Object argument(Method method, int index) throws Exception {
        Class<?> type = method.getParameterTypes()[index];
        Map<Class<?>, Object> known = Map.of(
                String.class,
                ID,
                Path.class,
                Path.of("acme.jar"),
                Plugin.InstallSource.class,
                Plugin.InstallSource.REST);
        return known.containsKey(type) ? known.get(type) : super.argument(method, index);
    }

    /** Calls of the service. */
    @Override
    protected Object stored() {
        return Stream.of(pluginLifecycle, signerLifecycle)
                .flatMap(behind -> mockingDetails(behind).getInvocations().stream())
                .map(invocation -> invocation.getMethod().getName())
                .filter(name -> !READS.contains(name))
                .toList();
    }

    @Test
    void usesNameNoGraphsThatTheCallerMayNotSee() {
        rights.hideProjects(Set.of("theirs"));
        assertThat(pluginsComponent.uses(ID, ANNA)).extracting(PluginUse::graph).containsExactly("mine/g");
        assertThat(pluginsComponent.uses(ID, CallContext.INTERNAL)).isEqualTo(USES);
    }
}
