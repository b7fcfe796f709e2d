// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.InstallSource;
import eu.nephele.smo.core.contract.plugin.Plugin.PluginState;
import eu.nephele.smo.core.contract.plugin.PluginService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** One plugin in two versions, that graphs use; takes in whatever comes. */
final class InMemoryPlugins implements PluginService {

    static final String ID = "org.example.cheapest";
    private static final Instant THEN = Instant.parse("2026-11-20T10:00:00Z");

    /** Uploads by file name. */
    final ConcurrentMap<String, byte[]> taken = new ConcurrentHashMap<>();

    /** Callers. */
    final List<RequestOrigin> origins = new CopyOnWriteArrayList<>();

    /** Why the next change is refused. */
    volatile Optional<SmoException> refusal = Optional.empty();

    private final InMemoryOperations operations;
    private final List<Plugin> installed =
            new ArrayList<>(List.of(plugin("2.0.0", PluginState.ACTIVE), plugin("1.0.0", PluginState.STOPPED)));

    InMemoryPlugins(InMemoryOperations operations) {
        this.operations = operations;
    }

    private static Plugin plugin(String version, PluginState state) {
        return new Plugin(
                ID,
                version,
                new Plugin.PluginArtifact("cheapest-%s.jar".formatted(version), "ab12", Optional.of("CN=Example")),
                state,
                state == PluginState.STOPPED ? "stopped by admin" : "",
                false,
                InstallSource.REST,
                List.of(
                        new Plugin.AdmissionFinding("imports", Plugin.FindingVerdict.PASSED, "all there"),
                        new Plugin.AdmissionFinding("signature", Plugin.FindingVerdict.WARNED, "not known here")),
                state == PluginState.ACTIVE
                        ? Optional.of(JsonObject.EMPTY.with("subject", new JsonString(ID)))
                        : Optional.empty(),
                state == PluginState.ACTIVE
                        ? List.of(new Plugin.OfferedService("placement", "example.cheapest", version))
                        : List.of(),
                List.of("eu.nephele.smo.api.placement;[0.1,0.2)"),
                new Plugin.PluginTimes(THEN, THEN.plusSeconds(1)));
    }

    @Override
    public List<Plugin> plugins(CallContext call) {
        return List.copyOf(installed);
    }

    @Override
    public List<Plugin> versions(String id, CallContext call) {
        return installed.stream().filter(plugin -> plugin.id().equals(id)).toList();
    }

    @Override
    public Operation install(Path file, String name, InstallSource installSource, CallContext call) {
        take(file, name, call.origin());
        return operations.begin(Operation.Kind.INSTALL_PLUGIN, ID, call.origin(), Operation.State.RUNNING);
    }

    @Override
    public Operation upgrade(String id, Path file, String name, boolean force, CallContext call) {
        known(id);
        take(file, name + (force ? " by force" : ""), call.origin());
        return operations.begin(Operation.Kind.UPGRADE_PLUGIN, id, call.origin(), Operation.State.RUNNING);
    }

    @Override
    public Operation rollback(String id, boolean force, CallContext call) {
        known(id);
        origins.add(call.origin());
        return operations.begin(Operation.Kind.UPGRADE_PLUGIN, id, call.origin(), Operation.State.RUNNING);
    }

    @Override
    public void forget(String id, Optional<String> version, CallContext call) {
        known(id);
    }

    @Override
    public Operation remove(String id, Optional<String> version, boolean force, CallContext call) {
        known(id);
        unused(force);
        origins.add(call.origin());
        installed.removeIf(plugin -> version.map(plugin.version()::equals).orElse(true));
        return operations.begin(Operation.Kind.REMOVE_PLUGIN, id, call.origin(), Operation.State.RUNNING);
    }

    @Override
    public Plugin stop(String id, Optional<String> version, boolean force, CallContext call) {
        known(id);
        unused(force);
        return plugin(version.orElse("2.0.0"), PluginState.STOPPED);
    }

    @Override
    public Plugin start(String id, Optional<String> version, CallContext call) {
        known(id);
        return plugin(version.orElse("2.0.0"), PluginState.ACTIVE);
    }

    @Override
    public List<PluginUse> uses(String id, CallContext call) {
        return List.of(new PluginUse("demo/hello", "placement strategy example.cheapest"));
    }

    private void take(Path file, String name, RequestOrigin origin) {
        refusal.ifPresent(no -> {
            throw no;
        });
        try {
            taken.put(name, Files.readAllBytes(file));
            Files.delete(file);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        origins.add(origin);
    }

    private static void unused(boolean force) {
        if (!force) {
            throw SmoException.conflict("Graphs use %s: demo/hello. Use force".formatted(ID));
        }
    }

    private void known(String id) {
        if (versions(id, CallContext.INTERNAL).isEmpty()) {
            throw SmoException.notFound("There is no plugin %s".formatted(id));
        }
    }
}
