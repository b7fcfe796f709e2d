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
 * Checks the project of a query against the scope of a kind. While the controller of the kind is unavailable, the scope
 * is unknown and the query is accepted as it is.
 */
record ScopeValidator(ResourceService resources) {

    /** Empty while its controller is absent. */
    Optional<ResourceKind> kind(String name) {
        return resources.kinds().stream()
                .filter(kind -> kind.name().equals(name))
                .findFirst();
    }

    /** @throws SmoException {@code NOT_FOUND} when it is not a valid name, or the kind has paths of its own */
    static String named(String kind) {
        if (!ResourceRef.KINDS.matcher(kind).matches()) {
            throw SmoException.notFound("'%s' is not a valid name of a kind".formatted(kind));
        }
        OwnPaths.find(kind).ifPresent(own -> {
            throw SmoException.notFound("Resources of kind %s are at %s".formatted(kind, own.path()));
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

    /** @throws SmoException {@code INVALID} when a project is given that the kind does not have, or is missing */
    void check(ResourceRef ref) {
        checkFilter(ref.kind(), Optional.of(ref.project()).filter(project -> !project.isEmpty()));
        if (ref.project().isEmpty() && scope(ref.kind()).equals(Optional.of(Scope.PROJECT))) {
            throw PageRequest.invalid("project is missing; resources of kind %s belong to projects, so add ?project="
                    .formatted(ref.kind()));
        }
    }

    private Optional<Scope> scope(String kind) {
        return kind(kind).map(ResourceKind::scope);
    }
}
