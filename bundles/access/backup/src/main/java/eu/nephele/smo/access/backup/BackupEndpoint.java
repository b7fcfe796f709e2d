// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.backup;

import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.core.contract.backup.BackupService;
import eu.nephele.smo.core.contract.backup.BackupService.RunningBackup;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

/** Everything that the server keeps, as one archive. */
@Path("api/v1/backup")
public final class BackupEndpoint {

    private static final String ARCHIVE = "application/zip";

    private final BackupService backups;

    public BackupEndpoint(BackupService backups) {
        this.backups = backups;
    }

    /** The snapshot is taken before the answer begins: what goes wrong until then is a problem with a status. */
    @POST
    @Produces(ARCHIVE)
    public Response take(@Context ContainerRequestContext request) {
        RunningBackup backup = backups.begin(RequestCaller.from(request));
        return Response.ok((StreamingOutput) backup::writeTo)
                .type(ARCHIVE)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"smo-backup-%s.zip\""
                                .formatted(backup.header().id()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
