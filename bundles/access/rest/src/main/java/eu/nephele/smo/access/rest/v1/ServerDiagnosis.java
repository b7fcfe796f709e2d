// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.core.contract.runtime.DiagnosisService;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What a person needs who looks for a fault of the server, in one archive. */
@Path("api/v1/runtime/diagnosis")
public final class ServerDiagnosis {

    private final DiagnosisService service;
    private final BooleanSupplier ending;

    public ServerDiagnosis(DiagnosisService service, BooleanSupplier ending) {
        this.service = service;
        this.ending = ending;
    }

    /** Answers when everything is collected, and the recording has ended if one is asked for. */
    @POST
    @Produces("application/zip")
    public Response diagnose(@QueryParam("seconds") @Nullable String seconds, @Context ContainerRequestContext request)
            throws IOException {
        return OneTimeFile.answer(
                service.diagnose(
                        Optional.ofNullable(seconds).map(ServerRuntime::seconds), ending, RequestCaller.from(request)),
                "smo-diagnose-%s.zip");
    }
}
