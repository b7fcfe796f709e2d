// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Shows operations. Methods throw {@link SmoException}. */
@ProviderType
public interface OperationService {

    Optional<Operation> find(String id, CallContext call);

    /**
     * The operation of a request that comes again, by its idempotency key; empty when it is new, has no key, or its operation is on
     * something that the caller may not see. Whoever compares something before a change asks this first: a request that was accepted
     * is answered with its operation, whatever holds by now.
     *
     * @throws SmoException {@code UNPROCESSABLE} when its key belongs to another request; {@code CONFLICT} when its operation is not
     *     kept any more
     */
    default Optional<Operation> repeated(CallContext call) {
        return Optional.empty();
    }

    /**
     * Newest first.
     *
     * @param target only those on this resource
     * @param beforeId only those with a smaller id: where the page before ended
     * @param openOnly only those that are not final
     * @param limit at most this many, 1 or more
     */
    List<Operation> list(
            Optional<ResourceRef> target, Optional<String> beforeId, boolean openOnly, int limit, CallContext call);

    /**
     * Those on resources of one kind in one project, newest first.
     *
     * @param project "" for those of the whole server
     * @param beforeId only those with a smaller id: where the page before ended
     * @param openOnly only those that are not final
     * @param limit at most this many, 1 or more
     */
    List<Operation> listOf(
            String kind, String project, Optional<String> beforeId, boolean openOnly, int limit, CallContext call);

    /**
     * Waits until an operation is final.
     *
     * @return the operation as it is then, or after the time is over
     * @throws SmoException {@code NOT_FOUND}
     */
    Operation await(String id, Duration atMost, CallContext call);

    /**
     * Takes an operation back, as long as nothing was done outside: a deployment leaves nothing, an update leaves the revision
     * before, a placement stays as it was, a drain ends and leaves the cluster cordoned.
     *
     * @throws SmoException {@code NOT_FOUND}; {@code CONFLICT} when it is final or under way
     */
    Operation cancel(String id, CallContext call);
}
