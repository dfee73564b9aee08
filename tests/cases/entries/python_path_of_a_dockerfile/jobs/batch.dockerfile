FROM python:3.12
COPY tools /opt/tools
ENV PYTHONPATH "/opt/tools"
