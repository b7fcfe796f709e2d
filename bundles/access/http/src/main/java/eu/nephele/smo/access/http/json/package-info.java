/** JSON shared by several subsystems: operations, conditions, selected strategies and their status. */
@Export
@Version("0.1.0")
package eu.nephele.smo.access.http.json;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
