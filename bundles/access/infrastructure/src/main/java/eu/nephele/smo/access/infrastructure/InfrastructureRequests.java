// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.infrastructure;

import eu.nephele.smo.access.http.PageRequest;
import eu.nephele.smo.access.infrastructure.InfrastructureRequest.RequestState;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.OperationService;
import eu.nephele.smo.api.runtime.ResourceService;
import eu.nephele.smo.api.runtime.SmoException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Requests to providers, read from the operations on infrastructure. */
final class InfrastructureRequests {

    static final String KIND = "infrastructure";
    static final String SERVER = "";

    /** A refusal within this time is the answer to the call itself and not listed as a request. */
    static final Duration AT_ONCE = Duration.ofMillis(300);

    /** Time to store an operation that ended at once: a decision by {@link #AT_ONCE} must see it. */
    private static final Duration MOMENT = AT_ONCE.plusMillis(50);

    static final int MOST_OPEN = 200;
    private static final int MOST_PAGES = 10;
    private static final int READ_AT_ONCE = 200;
    private static final Duration RETRY = Duration.ofSeconds(30);

    private final ResourceService resources;
    private final OperationService operations;
    /** Number of requests accepted before the open ones are counted again. */
    private int room;

    InfrastructureRequests(ResourceService resources, OperationService operations) {
        this.resources = resources;
        this.operations = operations;
    }

    /** Requests to an unavailable provider may wait for ever and do not count. */
    synchronized boolean admits(Set<String> providers) {
        if (room == 0) {
            room = Math.max(0, MOST_OPEN - open(providers));
        }
        if (room == 0) {
            return false;
        }
        room--;
        return true;
    }

    /** The latest open requests; older ones wait for unavailable providers. */
    private int open(Set<String> providers) {
        int open = 0;
        Optional<String> before = Optional.empty();
        List<Operation> read;
        int pages = 0;
        do {
            read = operations.listOf(KIND, SERVER, before, true, READ_AT_ONCE, CallContext.INTERNAL);
            open += (int) read.stream()
                    .filter(operation -> providers.contains(provider(operation)))
                    .count();
            before = read.isEmpty()
                    ? before
                    : Optional.of(read.get(read.size() - 1).id());
            pages++;
        } while (read.size() == READ_AT_ONCE && open < MOST_OPEN && pages < MOST_PAGES);
        return open;
    }

    private String provider(Operation operation) {
        return operation.steps().isEmpty()
                ? view(operation, CallContext.INTERNAL).provider()
                : new RequestView(operation, Optional.empty()).provider();
    }

    static SmoException full() {
        return SmoException.of(
                SmoException.Kind.UNAVAILABLE,
                "smo",
                "The limit of %d open requests for infrastructure is reached; try again when one has ended"
                        .formatted(MOST_OPEN),
                Optional.of(RETRY));
    }

    /** State after a short wait, within which most refusals arrive. */
    InfrastructureRequest afterAMoment(Operation begun, CallContext call) {
        return view(operations.await(begun.id(), MOMENT, call), call).request();
    }

    InfrastructureRequest get(String provider, String id, CallContext call) {
        return operations
                .find(id, call)
                .filter(operation -> operation.target().kind().equals(KIND))
                .map(operation -> view(operation, call))
                .map(RequestView::request)
                .filter(request -> request.provider().equals(provider))
                .orElseThrow(() -> SmoException.notFound(
                        "Request %s of provider %s does not exist; ended requests are kept for a limited time"
                                .formatted(id, provider)));
    }

    /** Requests of a provider on a page, newest first, and one more when another page follows. */
    List<InfrastructureRequest> list(String provider, PageRequest page, CallContext call) {
        List<InfrastructureRequest> found = new ArrayList<>();
        Optional<String> before = page.after();
        List<Operation> read;
        do {
            read = operations.listOf(KIND, SERVER, before, false, READ_AT_ONCE, call);
            read.stream()
                    .filter(operation -> !RequestView.isOfAnother(operation, provider))
                    .map(operation -> view(operation, call))
                    .filter(RequestView::isRequest)
                    .map(RequestView::request)
                    .filter(request -> request.provider().equals(provider) && !isRefusal(request))
                    .limit(page.limit() + 1L - found.size())
                    .forEach(found::add);
            before = read.isEmpty()
                    ? before
                    : Optional.of(read.get(read.size() - 1).id());
        } while (read.size() == READ_AT_ONCE && found.size() <= page.limit());
        return found;
    }

    static boolean isRefusal(InfrastructureRequest request) {
        return request.state() == RequestState.FAILED
                && request.endedAt()
                        .filter(at -> Duration.between(request.createdAt(), at).compareTo(AT_ONCE) <= 0)
                        .isPresent();
    }

    /** A resource recreated under the same name does not describe an earlier operation. */
    private RequestView view(Operation operation, CallContext call) {
        return new RequestView(
                operation, resources.find(operation.target(), call).filter(resource -> !resource.createdAt()
                        .isAfter(operation.createdAt())));
    }
}
