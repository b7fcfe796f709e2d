// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.resource;

import eu.nephele.smo.access.http.PageRequest;
import eu.nephele.smo.api.runtime.ResourceKind;
import eu.nephele.smo.api.runtime.ResourceKind.Scope;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.ResourceService;
import eu.nephele.smo.api.runtime.SmoException;
import java.util.Optional;

/**
 * Checks whether a query says what resources of a kind belong to. While the controller of the kind is away nobody knows, and
 * what is said is taken as it is.
 */
record ScopeValidator(ResourceService resources) {

    /** The kind, while its controller is there. */
    Optional<ResourceKind> kind(String name) {
        return resources.kinds().stream()
                .filter(kind -> kind.name().equals(name))
                .findFirst();
    }

    /**
     * @return the name of the kind
     * @throws SmoException {@code NOT_FOUND} when nothing can be called so, or what is called so is somewhere else
     */
    static String named(String kind) {
        if (!ResourceRef.KINDS.matcher(kind).matches()) {
            throw SmoException.notFound("'%s' is no name of a kind of resources".formatted(kind));
        }
        OwnPaths.find(kind).ifPresent(own -> {
            throw SmoException.notFound(
                    "No bundle brings resources of kind %s; they are at %s".formatted(kind, own.path()));
        });
        return kind;
    }

    /** @throws SmoException {@code INVALID} when a project is given that resources of the kind do not have */
    void checkFilter(String kind, Optional<String> project) {
        if (project.isPresent() && scope(kind).equals(Optional.of(Scope.SERVER))) {
            throw PageRequest.invalid(
                    "project is '%s', but resources of kind %s belong to no project".formatted(project.get(), kind));
        }
    }

    /** @throws SmoException {@code INVALID} when a project is given that it cannot have, or is missing */
    void check(ResourceRef ref) {
        checkFilter(ref.kind(), Optional.of(ref.project()).filter(project -> !project.isEmpty()));
        if (ref.project().isEmpty() && scope(ref.kind()).equals(Optional.of(Scope.PROJECT))) {
            throw PageRequest.invalid(
                    "project is missing; resources of kind %s belong to projects, so say which with ?project="
                            .formatted(ref.kind()));
        }
    }

    private Optional<Scope> scope(String kind) {
        return kind(kind).map(ResourceKind::scope);
    }
}
