// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.runtime;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.osgi.annotation.versioning.ProviderType;

/** Resources of all kinds that bundles bring. What is accepted is stored before it is answered; methods throw {@link SmoException}. */
@ProviderType
public interface ResourceService {

    /** Kinds whose controller is there, by name. */
    List<ResourceKind> kinds();

    /**
     * Makes a resource, or changes what it shall be.
     *
     * @return what was accepted; the same wish again changes nothing and has no operation, but where its request has a key: then it has
     *     one that is over, without stages, so that the request is recognised when it comes again. A request that comes again has the
     *     operation that it had first, whatever holds by now: also when the resource is gone, which then leaves and has no uid
     * @throws SmoException {@code INVALID} with a pointer for each mistake; {@code CONFLICT} when it is leaving, or has another
     *     generation than the wish says; {@code UNAVAILABLE} while the controller of its kind is away
     */
    Accepted apply(ResourceRef ref, ResourceWish wish, CallContext call);

    /**
     * Has a resource removed: it goes when its controller says that nothing of it is left.
     *
     * @param ifGeneration only where this is its generation
     * @return the operation; that of the first request when it is leaving already
     * @throws SmoException {@code NOT_FOUND}; {@code CONFLICT} when it has another generation
     */
    Operation remove(ResourceRef ref, OptionalLong ifGeneration, CallContext call);

    /**
     * Forgets a resource without its controller, which may be away for good, or fail: what is outside is left, and nobody looks at it
     * any more.
     *
     * @param ifGeneration only where this is its generation
     * @return the operation, which has ended; its message says so
     * @throws SmoException {@code NOT_FOUND}; {@code CONFLICT} when it has another generation
     */
    Operation forget(ResourceRef ref, OptionalLong ifGeneration, CallContext call);

    /** A resource as it is, also while the controller of its kind is away. */
    Optional<Resource> find(ResourceRef ref, CallContext call);

    /** In the order of project and name. */
    List<Resource> list(ResourceQuery query, CallContext call);

    /** Something was seen of a resource outside: it is looked at soon. Quick, on any thread. */
    void wake(ResourceRef ref);

    /**
     * An accepted change.
     *
     * @param created whether it was not there before; of a request that comes again, when it came first
     * @param operation how far it is; empty when nothing was changed
     */
    record Accepted(Resource resource, boolean created, Optional<Operation> operation) {}
}
