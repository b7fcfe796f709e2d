// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.api.runtime.Reconciliation;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceController;
import eu.nephele.smo.api.runtime.ResourceKind;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.ResourceService;
import eu.nephele.smo.api.runtime.ResourceService.Accepted;
import eu.nephele.smo.api.runtime.ResourceWish;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.descriptor.SchemaValidatorFactory;
import eu.nephele.smo.core.contract.descriptor.SchemaValidatorFactory.Validator;
import eu.nephele.smo.core.contract.json.StrictJson;
import eu.nephele.smo.core.contract.store.OperationStore;
import eu.nephele.smo.core.contract.work.BackOff;
import eu.nephele.smo.core.descriptor.schema.InstalledSchemas;
import eu.nephele.smo.core.runtime.controller.InstalledController;
import eu.nephele.smo.core.runtime.tenure.SettableTenure;
import eu.nephele.smo.core.store.Stores;
import eu.nephele.smo.lab.testkit.Await;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

/** A runtime on a real store, with controllers of racks. */
final class RuntimeRig implements AutoCloseable {

    static final String SCHEMA = """
        {"type": "object", "additionalProperties": false, "required": ["slots"],
         "properties": {"slots": {"type": "integer", "minimum": 1, "maximum": 64}}}\
        """;

    private static final RuntimeSettings SETTINGS = new RuntimeSettings(
            2,
            Duration.ofMillis(300),
            2,
            Duration.ofSeconds(60),
            Duration.ofMillis(10),
            new BackOff(Duration.ofMillis(5), Duration.ofMillis(50)),
            2_000);

    private final SchemaValidatorFactory schemas = new InstalledSchemas();
    private final SettableTenure tenure = new SettableTenure();
    private final AccessControl access;
    private final Stores stores;
    private ResourceRuntime runtime;
    private long bundles = 100;

    RuntimeRig() throws SQLException {
        this(AccessControl.unrestricted());
    }

    /** @param access who may do what */
    RuntimeRig(AccessControl access) throws SQLException {
        this.access = access;
        this.stores = Stores.inMemory(UUID.randomUUID().toString());
        this.runtime = started();
    }

    /** Another runtime on the same resources. */
    ResourceRuntime unbegun(OperationStore operations) {
        return new ResourceRuntime(stores.resources(), operations, SETTINGS, access, Clock.systemUTC());
    }

    private ResourceRuntime started() {
        ResourceRuntime begun = unbegun(stores.operations());
        begun.begin(tenure);
        return begun;
    }

    /** As after a kill: what was in memory is lost, controllers have to come again. */
    void restart() {
        runtime.close();
        runtime = started();
    }

    /** That the runtime works under. */
    SettableTenure tenure() {
        return tenure;
    }

    Stores stores() {
        return stores;
    }

    ResourceRuntime runtime() {
        return runtime;
    }

    ResourceService desk() {
        return runtime.door();
    }

    static ResourceKind kind(int documentVersion, String schema) {
        return new ResourceKind("rack", ResourceKind.Scope.PROJECT, documentVersion, schema, Set.of("/slots"));
    }

    interface Body {
        Reconciled on(Resource resource, Reconciliation call) throws InterruptedException;
    }

    /** A controller comes, of a bundle of its own. */
    InstalledController install(Body body) {
        return install("1.0.0", kind(1, SCHEMA), body);
    }

    InstalledController install(String version, ResourceKind kind, Body body) {
        return install(version, kind, controller(kind, body));
    }

    /** Of a bundle of another name. */
    InstalledController installForeign(String symbolicName, String version, ResourceKind kind, Body body) {
        Bundle bundle = bundle(version);
        when(bundle.getSymbolicName()).thenReturn(symbolicName);
        Validator validator = schemas.checker(StrictJson.parseObject(kind.schema()));
        return add(new InstalledController(controller(kind, body), kind, validator, bundle));
    }

    /** With a checker of its own in the place of its schema's. */
    InstalledController install(String version, ResourceKind kind, Validator validator, Body body) {
        return add(new InstalledController(controller(kind, body), kind, validator, bundle(version)));
    }

    InstalledController install(String version, ResourceKind kind, ResourceController controller) {
        Validator validator = schemas.checker(StrictJson.parseObject(kind.schema()));
        return add(new InstalledController(controller, kind, validator, bundle(version)));
    }

    private InstalledController add(InstalledController installed) {
        runtime.controllers().add(installed);
        return installed;
    }

    private Bundle bundle(String version) {
        Bundle bundle = mock(Bundle.class);
        when(bundle.getBundleId()).thenReturn(bundles++);
        when(bundle.getVersion()).thenReturn(Version.parseVersion(version));
        when(bundle.getSymbolicName()).thenReturn("acme.racks");
        return bundle;
    }

    static ResourceController controller(ResourceKind kind, Body body) {
        return new ResourceController() {
            @Override
            public ResourceKind kind() {
                return kind;
            }

            @Override
            public Reconciled reconcile(Resource resource, Reconciliation call) throws InterruptedException {
                return body.on(resource, call);
            }
        };
    }

    /** Another kind, without a schema to speak of. */
    static ResourceKind shelves() {
        return new ResourceKind("shelf", ResourceKind.Scope.SERVER, 1, "{}", Set.of());
    }

    /** The answer of a controller that reaches any desired state. */
    static Reconciled made(Resource resource) {
        return resource.leaving() ? Reconciled.gone() : Reconciled.ready(resource.desired());
    }

    static ResourceRef rack(String name) {
        return new ResourceRef("rack", "p", name);
    }

    static ResourceWish slots(int slots) {
        return new ResourceWish(JsonObject.EMPTY.with("slots", JsonNumber.of(slots)), Map.of(), OptionalLong.empty());
    }

    Accepted apply(String name, int slots) {
        return desk().apply(rack(name), slots(slots), CallContext.INTERNAL);
    }

    Operation operation(Optional<Operation> accepted) {
        return stores.operations().find(accepted.orElseThrow().id()).orElseThrow();
    }

    Resource resource(String name) {
        return desk().find(rack(name), CallContext.INTERNAL).orElseThrow();
    }

    static void await(BooleanSupplier condition) {
        Await.until("the condition that the caller awaits", condition::getAsBoolean);
    }

    @Override
    public void close() {
        runtime.close();
        stores.close();
    }
}
