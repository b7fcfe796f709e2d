"""Deploys a graph and says where its services are and why; removes a graph.

deploy.py URL TOKEN_FILE PROJECT deploy FILE     a descriptor in JSON
deploy.py URL TOKEN_FILE PROJECT remove GRAPH
"""
import json
import sys
from pathlib import Path

from smo_client import ApiClient, ApiException, Configuration, DecisionsApi, DeployBody, DescriptorBody, GraphsApi, Problem


def deploy(client, project, descriptor):
    body = DeployBody(DescriptorBody.from_dict(descriptor))
    operation = GraphsApi(client).deploy(project, body, wait=60).actual_instance
    graph = GraphsApi(client).get_graph(project, descriptor["hdaGraph"]["id"])
    explanations = {}
    for service in graph.services:
        explanations[service.name] = DecisionsApi(client).explain_service(project, graph.name, service.name)
    return {
        "operation": operation.id,
        "state": operation.state,
        "phase": graph.phase,
        "updatedAt": graph.updated_at.timestamp(),
        "services": {name: {"cluster": why.cluster, "because": why.text} for name, why in explanations.items()},
    }


def remove(client, project, graph):
    operation = GraphsApi(client).remove_graph(project, graph, wait=60)
    return {"operation": operation.id, "state": operation.state}


def main(url, token_file, project, command, subject):
    configuration = Configuration(host=url, access_token=Path(token_file).read_text().strip())
    with ApiClient(configuration) as client:
        try:
            if command == "deploy":
                result = deploy(client, project, json.loads(Path(subject).read_text()))
            else:
                result = remove(client, project, subject)
        except ApiException as refused:
            problem = Problem.from_json(refused.body)
            result = {
                "status": problem.status,
                "detail": problem.detail,
                "errors": {error.pointer: error.message for error in problem.errors or []},
            }
    print(json.dumps(result, indent=2))
    return 1 if "status" in result else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
