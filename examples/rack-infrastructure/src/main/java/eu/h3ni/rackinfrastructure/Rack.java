// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.rackinfrastructure;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.InfrastructureProvider;
import eu.nephele.smo.api.port.http.HttpCall;
import eu.nephele.smo.api.port.http.HttpSettings;
import eu.nephele.smo.api.port.http.HttpSettings.Credentials;
import eu.nephele.smo.api.port.http.HttpSystem;
import eu.nephele.smo.api.port.http.HttpSystems;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Creates, scales and deletes clusters by a rack. */
@Component(
        configurationPid = "eu.h3ni.rack-infrastructure",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = {AdapterException.SYSTEM + "=" + Rack.SYSTEM, "service.ranking:Integer=100"})
@Designate(ocd = RackConfig.class)
public final class Rack implements InfrastructureProvider {

    static final String SYSTEM = "rack";
    private static final int CALLS_AT_ONCE = 4;

    private final HttpSystem rack;
    private final ExecutorService threads =
            Executors.newFixedThreadPool(CALLS_AT_ONCE, task -> new Thread(task, "rack-calls"));

    @Activate
    public Rack(RackConfig config, @Reference HttpSystems systems) {
        this(systems.open(new HttpSettings(
                SYSTEM,
                config.url(),
                Duration.ofMillis(config.connectTimeoutMillis()),
                Duration.ofMillis(config.timeoutMillis()),
                config.maxAnswerKiB() * 1024,
                Optional.of(config.proxy()).filter(proxy -> !proxy.isEmpty()),
                Optional.of(config.caFile()).filter(file -> !file.isEmpty()),
                Credentials.of(config.token(), "", ""))));
    }

    Rack(HttpSystem rack) {
        this.rack = rack;
    }

    /** Ends everything that the bundle has started. */
    @Deactivate
    void end() {
        threads.shutdownNow();
        rack.close();
    }

    @Override
    public List<Infrastructure> list() {
        return Pools.parse(ask(call("GET", "/pools", "List the clusters of the rack")));
    }

    @Override
    public CompletionStage<Infrastructure> create(JsonObject wish) {
        return make(wish, call("POST", "/pools", "Make a cluster of the rack"));
    }

    @Override
    public CompletionStage<Infrastructure> create(JsonObject wish, String key) {
        return make(wish, call("POST", "/pools?key=" + encoded(key), "Make a cluster of the rack"));
    }

    /** The rack recognises repeated keys. */
    @Override
    public boolean recognisesKeys() {
        return true;
    }

    private CompletionStage<Infrastructure> make(JsonObject wish, HttpCall call) {
        return later(() -> Pools.one(ask(call.body(wish.toJson(), "application/json"))));
    }

    @Override
    public CompletionStage<Infrastructure> scale(String id, int nodes) {
        HttpCall call = call("PUT", path(id) + "/nodes", "Scale the cluster %s of the rack".formatted(id));
        return later(() -> Pools.one(ask(call.body(Integer.toString(nodes), "text/plain"))));
    }

    @Override
    public CompletionStage<Void> delete(String id) {
        HttpCall call = call("DELETE", path(id), "Delete the cluster %s of the rack".formatted(id));
        return later(() -> ask(call)).thenAccept(gone -> {});
    }

    /** A failure of the call becomes the failure of the stage unchanged: nothing is caught here. */
    private <T> CompletableFuture<T> later(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, threads);
    }

    private String ask(HttpCall call) {
        return rack.send(call).body();
    }

    private static HttpCall call(String method, String path, String what) {
        return HttpCall.of(method, path, what).header("Accept", "text/csv").anyText();
    }

    private static String path(String id) {
        return "/pools/" + encoded(id);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
