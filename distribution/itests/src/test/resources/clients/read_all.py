"""Calls each read of the generated client whose parameters are known, and says which ones its classes do not fit.

read_all.py URL TOKEN_FILE PROJECT GRAPH SERVICE
"""
import inspect
import json
import sys
from pathlib import Path

import smo_client
from smo_client import ApiClient, ApiException, Configuration, DecisionsApi, GraphsApi, OperationsApi


def reads(client):
    for name, api in vars(smo_client).items():
        if inspect.isclass(api) and name.endswith("Api"):
            for method in dir(api):
                if method.startswith(("get_", "list_", "explain_", "verify_")) and not method.endswith("_with_http_info"):
                    yield f"{name}.{method}", getattr(api(client), method)


def main(url, token_file, project, graph, service):
    client = ApiClient(Configuration(host=url, access_token=Path(token_file).read_text().strip()))
    known = {
        "project": project,
        "graph": graph,
        "name": graph,
        "service": service,
        "revision": 1,
        "decision": DecisionsApi(client).list_decisions(project, graph).items[0].id,
        "operation": OperationsApi(client).list_operations(limit=1).items[0].id,
        "cluster": GraphsApi(client).get_graph(project, graph).services[0].shares[0].cluster,
    }
    read, failed = [], {}
    for name, call in reads(client):
        parameters = inspect.signature(inspect.unwrap(call)).parameters.values()
        needed = [one.name for one in parameters if one.default is one.empty and one.kind is one.POSITIONAL_OR_KEYWORD and one.name != "self"]
        if all(one in known for one in needed):
            try:
                call(**{one: known[one] for one in needed})
                read.append(name)
            except ApiException as refused:
                # answers with a status are problems; what is not there is one, too
                if refused.status not in (404, 409):
                    failed[name] = f"{refused.status} {refused.body}"
            except ValueError as unfit:
                failed[name] = str(unfit)
    print(json.dumps({"read": read, "failed": failed}))


main(*sys.argv[1:])
