// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import eu.nephele.smo.access.rest.http.AdmissionControlled;
import eu.nephele.smo.access.rest.http.CallFilter;
import eu.nephele.smo.access.rest.http.RouteFilter;
import eu.nephele.smo.access.rest.legacy.ProjectGraphs;
import eu.nephele.smo.access.rest.v1.GraphChanges;
import eu.nephele.smo.access.rest.v1.GraphsEndpoint;
import eu.nephele.smo.core.contract.admission.AdmissionRoutes;
import jakarta.ws.rs.HttpMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Component;

/**
 * Routes of the methods that are {@link AdmissionControlled}. A path that is written differently from their templates
 * does not match: the engine checks again before it stores anything.
 */
@Component
public final class AdmittedRoutes implements AdmissionRoutes {

    static final List<Class<?>> RESOURCES = List.of(ProjectGraphs.class, GraphsEndpoint.class, GraphChanges.class);

    private static final Pattern PARAMETER = Pattern.compile("\\{[^{}:]+}");

    private record Route(String method, String template, Pattern path) {}

    private final List<Route> routes = RESOURCES.stream()
            .flatMap(resource -> Stream.of(resource.getMethods())
                    .filter(method -> method.isAnnotationPresent(AdmissionControlled.class))
                    .flatMap(method -> routes(resource, method)))
            .toList();

    private static Stream<Route> routes(Class<?> type, Method method) {
        String template = RouteFilter.route(type, method);
        Pattern path = Pattern.compile(Stream.of(template.split("/", -1))
                .map(AdmittedRoutes::expression)
                .collect(Collectors.joining("/", "", "/?")));
        return Stream.of(method.getAnnotations())
                .map(Annotation::annotationType)
                .flatMap(kind -> Stream.ofNullable(kind.getAnnotation(HttpMethod.class)))
                .map(of -> new Route(of.value(), template, path));
    }

    private static String expression(String segment) {
        if (PARAMETER.matcher(segment).matches()) {
            return "[^/]+";
        } else if (segment.contains("{")) {
            throw new IllegalArgumentException("A segment is a word or a parameter as a whole, not " + segment);
        }
        return Pattern.quote(segment);
    }

    /** A request with an idempotency key may repeat an accepted one, which only the engine can decide. */
    @Override
    public Optional<String> route(String method, String path, Predicate<String> hasHeader) {
        return hasHeader.test(CallFilter.KEY_HEADER)
                ? Optional.empty()
                : routes.stream()
                        .filter(route -> route.method().equals(method)
                                && route.path().matcher(path).matches())
                        .findFirst()
                        .map(Route::template);
    }
}
