/**
 * How the time of a call is counted. The server and the conformance kit count with the same classes, so that what is in time for
 * the one is in time for the other. A strategy needs none of them: it asks its decision context.
 */
@Export
@Version("0.2.0")
package eu.nephele.smo.api.time;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
