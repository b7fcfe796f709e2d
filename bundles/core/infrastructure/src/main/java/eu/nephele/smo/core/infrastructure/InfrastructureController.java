// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.infrastructure;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.api.runtime.Reconciliation;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceController;
import eu.nephele.smo.api.runtime.ResourceKind;
import eu.nephele.smo.api.runtime.ResourceRef;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Brings infrastructure to what it shall be, by the providers that are there. Runs in OSGi and without. */
public final class InfrastructureController implements ResourceController {

    public static final String INFRASTRUCTURE = "infrastructure";

    private static final int DOCUMENT_VERSION = 1;
    private static final int MOST_STAGES = 1000;

    private final ProviderCalls providerCalls;
    private final InfrastructureCreator infrastructureCreator;
    private final InfrastructureRemover infrastructureRemover;

    /**
     * @param wake queues a resource for a pass; on any thread
     * @param stored the stored status of a resource; throws {@link AdapterException} when it is unknown
     */
    public InfrastructureController(
            Supplier<Map<String, ProviderInstance>> providers,
            Consumer<ResourceRef> wake,
            Function<ResourceRef, Optional<Resource>> stored) {
        this.providerCalls =
                new ProviderCalls(providers, new ProviderCallRegistry(MOST_STAGES, wake, stored, System::nanoTime));
        this.infrastructureCreator =
                new InfrastructureCreator(providerCalls, new ProviderListingCache(System::nanoTime));
        this.infrastructureRemover = new InfrastructureRemover(providerCalls);
    }

    @Override
    public ResourceKind kind() {
        try (InputStream schema = InfrastructureController.class.getResourceAsStream("infrastructure.schema.json")) {
            if (schema == null) {
                throw new IllegalStateException("The bundle lacks infrastructure.schema.json");
            }
            return new ResourceKind(
                    INFRASTRUCTURE,
                    ResourceKind.Scope.SERVER,
                    DOCUMENT_VERSION,
                    new String(schema.readAllBytes(), StandardCharsets.UTF_8),
                    Set.of("/provider", "/id"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Reconciled reconcile(Resource resource, Reconciliation call) throws InterruptedException {
        InfrastructurePass pass = InfrastructurePass.from(resource);
        providerCalls.forgetStored(pass);
        return resource.leaving() ? infrastructureRemover.run(pass) : infrastructureCreator.run(pass);
    }
}
